"""One run of each mode: short, everything once; or as many minutes as asked for, at random."""

import itertools
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.servers.broker import Broker

from . import harm_distributed, harm_embedded
from .campaign import Campaign
from .checker import Account
from .database_server import database_server
from .distributed import distributed
from .embedded import embedded
from .load import Load
from .nemeses.disk import FullDisk, NoFileSystem, small_file_system
from .nemeses.nemesis import Nemesis
from .nemeses.servers import BrokerStopped, MemoryAlarm

SECONDS_BETWEEN = 0.4
"""How often each client asks."""
MEGABYTES_OF_FILES = 300
MEGABYTES_OF_A_CLUSTER = 700


async def run_embedded(campaign: Campaign, folder: Path, seed: int, minutes: float) -> Account:
    """One process on files; 0 minutes are a short run."""
    with ExitStack() as held:
        place, is_small = folder / "disk", False
        if minutes:
            is_small = _on_a_small_disk(campaign, held, place, MEGABYTES_OF_FILES)
        async with embedded(place / "installation", folder) as at:
            choice = random.Random(seed)
            lanes: list[Iterator[Nemesis]] = [iter(harm_embedded.each_once(at, choice))]
            if minutes:
                once = harm_embedded.once_in_a_soak(at, choice, is_small=is_small)
                endless = harm_embedded.at_random(at, choice, is_small=is_small)
                lanes = [itertools.chain(lanes[0], once, _until(minutes, endless))]
            load = Load(at.scene, random.Random(seed), SECONDS_BETWEEN)
            return await campaign.wage(at, load, lanes)


async def run_distributed(
    campaign: Campaign, broker: Broker, folder: Path, seed: int, minutes: float
) -> Account:
    """Services apart, on a database server of their own; 0 minutes are a short run."""
    with ExitStack() as held:
        place = folder / "disk"
        small = None
        if minutes and _on_a_small_disk(campaign, held, place, MEGABYTES_OF_A_CLUSTER):
            small = place
        if not broker.control:
            for name in (BrokerStopped.name, MemoryAlarm.name):
                campaign.leave_out(name, "the broker is not our own")
        server = held.enter_context(database_server(small))
        async with distributed(server, broker, folder) as at:
            choice = random.Random(seed)
            once = harm_distributed.each_once(at, choice)
            lanes: Sequence[Iterator[Nemesis]] = [iter(lane) for lane in once]
            if minutes:
                in_a_soak = harm_distributed.once_in_a_soak(at, choice, small)
                lanes = [
                    itertools.chain(
                        *several, _until(minutes, harm_distributed.at_random(at, choice, small))
                    )
                    for several in zip(once, in_a_soak, strict=True)
                ]
            load = Load(at.scene, random.Random(seed), SECONDS_BETWEEN)
            return await campaign.wage(at, load, lanes)


def _on_a_small_disk(campaign: Campaign, held: ExitStack, place: Path, megabytes: int) -> bool:
    try:
        held.enter_context(small_file_system(place, megabytes))
    except NoFileSystem as reason:
        campaign.leave_out(FullDisk.name, str(reason))
        return False
    return True


def _until(minutes: float, nemeses: Iterator[Nemesis]) -> Iterator[Nemesis]:
    """So long from now on; what is done once before that is done however long it takes."""
    end = time.monotonic() + minutes * 60
    return itertools.takewhile(lambda _: time.monotonic() < end, nemeses)


def new_folder(held: ExitStack) -> Path:
    """A folder for one run, gone afterwards; the account of the database may pass through."""
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
    folder.chmod(0o711)
    return folder
