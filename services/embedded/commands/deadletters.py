"""`deadletters`: events that could not take effect, to list, show, replay or discard."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from ..installation import Installation, open_installation
from ..operating import (
    CommandFailed,
    decide_dead_letter,
    list_dead_letters,
    operator,
    show_dead_letter,
)

COLUMNS = ("id", "service", "state", "type", "reason", "attempt", "error")


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was found or done. Raises `CommandFailed`, `FolderIsNotAnInstallation`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("action", choices=["list", "show", "replay", "discard"])
    parser.add_argument("id", nargs="?")
    asked = parser.parse_args(arguments)
    if asked.action != "list" and not asked.id:
        raise CommandFailed(f"deadletters {asked.action} needs the id that `list` shows")
    return asyncio.run(_carry_out(open_installation(asked.data), asked.action, asked.id))


async def _carry_out(installation: Installation, action: str, letter_id: str) -> str:
    async with operator(installation) as client:
        match action:
            case "list":
                letters = await list_dead_letters(client)
                lines = ("  ".join(str(one[column]) for column in COLUMNS) for one in letters)
                return "\n".join(lines)
            case "show":
                return await show_dead_letter(client, letter_id)
        service = await decide_dead_letter(client, letter_id, action)
        return f"{action}: {letter_id} in {service}"
