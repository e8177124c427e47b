"""`deadletters`: events that could not take effect, to list, show, replay or discard."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from shared.process.dead_letters import add_options, carry_out

from ..installation import Installation, open_installation
from ..operating import SERVICES, operator


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was found or done. Raises `CommandFailed`, `FolderIsNotAnInstallation`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    add_options(parser)
    asked = parser.parse_args(arguments)
    return asyncio.run(_carry_out(open_installation(asked.data), asked))


async def _carry_out(installation: Installation, asked: argparse.Namespace) -> str:
    async with operator(installation) as client:
        return await carry_out(client, SERVICES, asked.action, asked.id)
