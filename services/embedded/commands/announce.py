"""`announce`: a service states its current facts anew, for a consumer that comes later.

It opens the files itself, so nothing may serve the folder; what is stated travels when something
does.
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from shared.announcing import announce, kind_named
from shared.context import Actor

from ..installation import Installation, open_installation
from ..operating import SERVICES, opened

OPERATOR = Actor("operator", "admin")


def run(prog: str, arguments: Sequence[str]) -> str:
    """How many facts were stated. Raises `FolderIsNotAnInstallation`, `FolderIsServed`,
    `KindIsNotAnnounced`, `NobodyListens`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--list", action="store_true", help="the kinds, and who listens to each")
    parser.add_argument("service", choices=SERVICES)
    parser.add_argument("kind", nargs="*", metavar="KIND")
    asked = parser.parse_args(arguments)
    kinds = [] if asked.list else asked.kind
    return asyncio.run(_carry_out(open_installation(asked.data), asked.service, kinds))


async def _carry_out(installation: Installation, name: str, kinds: Sequence[str]) -> str:
    async with opened(installation) as house:
        service = house.services[name]
        if not kinds:
            known = ((kind.name, ", ".join(kind.listeners)) for kind in service.announced)
            return "\n".join(f"{kind}: {by or 'nobody listens'}" for kind, by in known)
        asked = [kind_named(service.announced, kind) for kind in kinds]
        told = [(one.name, await announce(service.context, one, OPERATOR)) for one in asked]
        return "\n".join(f"{name}: {kind}, {number} stated anew" for kind, number in told)
