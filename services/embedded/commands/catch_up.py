"""`catch-up`: a service that was restored to an earlier state takes in what it has missed, from
reporting's archive. Nothing may serve the folder; what follows of it happens when something does.
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from shared.doctor.catch_up import catch_up
from shared.doctor.options import add_catch_up_options
from shared.doctor.telling import caught_up_lines

from ..installation import open_installation
from ..operating import SERVICES, with_archive


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was taken in. Raises `FolderIsNotAnInstallation`, `FolderIsServed`, `ArchiveIsAway`,
    `NothingToCatchUpWith`, `NothingTakenInYet`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("service", choices=SERVICES)
    add_catch_up_options(parser)
    return asyncio.run(_carry_out(parser.parse_args(arguments)))


async def _carry_out(asked: argparse.Namespace) -> str:
    async with with_archive(open_installation(asked.data), asked.service) as (service, archive):
        return caught_up_lines(service.name, await catch_up(service, archive, since=asked.since))
