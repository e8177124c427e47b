"""`doctor`: looks at an installation and says what to do; `--after-restore SERVICE`: brings a
service that was restored to an earlier state in line with the others (nothing may serve then)."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.doctor.after_restore import after_restore
from shared.doctor.finding import refuse_what_is_wrong, told
from shared.doctor.telling import restored_lines

from ..examining import look_at
from ..installation import Installation, open_installation
from ..operating import SERVICES, with_archive


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was done; what was found is printed. Raises `SomethingIsWrong`,
    `FolderIsNotAnInstallation`, `FolderIsServed`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="answer with JSON, for programs")
    parser.add_argument("--after-restore", choices=SERVICES, metavar="SERVICE")
    asked = parser.parse_args(arguments)
    installation = open_installation(asked.data)
    if asked.after_restore:
        return asyncio.run(_put_in_line(installation, asked.after_restore, as_json=asked.json))
    seen = asyncio.run(look_at(installation))
    sys.stdout.write(told(seen, as_json=asked.json) + "\n")
    refuse_what_is_wrong(seen)
    return ""


async def _put_in_line(installation: Installation, name: str, *, as_json: bool) -> str:
    async with with_archive(installation, name) as (service, archive):
        return restored_lines(name, await after_restore(service, archive), as_json=as_json)
