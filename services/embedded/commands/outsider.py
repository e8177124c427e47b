"""`outsider`: other systems that take part, by key and feed."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from services.registration.outsiders.command_line import add_options, carry_out

from ..installation import Installation, open_installation
from ..operating import operator


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was found or done. Raises `OutsiderCommandFailed`, `FolderIsNotAnInstallation`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    add_options(parser, with_folder())
    asked = parser.parse_args(arguments)
    return asyncio.run(_carry_out(open_installation(asked.data), asked))


def with_folder() -> argparse.ArgumentParser:
    """Every action says which installation it is for."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, required=True, help="its folder")
    return shared


async def _carry_out(installation: Installation, asked: argparse.Namespace) -> str:
    async with operator(installation) as client:
        return await carry_out(client, asked)
