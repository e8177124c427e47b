"""`reseal`: what a former key of registration sealed is sealed with the present one.

It opens the files itself, so nothing may serve the folder.
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from services.registration.seats.resealing import reseal
from shared.context import OPERATOR

from ..installation import open_installation
from ..operating import opened


def run(prog: str, arguments: Sequence[str]) -> str:
    """How much was sealed anew. Raises `FolderIsNotAnInstallation`, `FolderIsServed`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    return asyncio.run(_carry_out(parser.parse_args(arguments)))


async def _carry_out(asked: argparse.Namespace) -> str:
    async with opened(open_installation(asked.data)) as house:
        return await reseal(house.services["registration"].context, OPERATOR)
