"""`announce`: a service states its current facts anew, for a consumer that comes later.

It opens the files itself, so nothing may serve the folder; what is stated travels when something
does.
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from shared.process import announcements

from ..installation import open_installation
from ..operating import SERVICES, opened


def run(prog: str, arguments: Sequence[str]) -> str:
    """How many facts were stated. Raises `FolderIsNotAnInstallation`, `FolderIsServed`,
    `KindIsNotAnnounced`, `NobodyListens`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("service", choices=SERVICES)
    announcements.add_options(parser)
    return asyncio.run(_carry_out(parser.parse_args(arguments)))


async def _carry_out(asked: argparse.Namespace) -> str:
    async with opened(open_installation(asked.data)) as house:
        return "\n".join(await announcements.carry_out(house.services[asked.service], asked))
