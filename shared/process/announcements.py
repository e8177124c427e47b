"""`announce`: a service states its current facts anew, for a consumer that comes later."""

import argparse
from collections.abc import Sequence

from shared.announcing import announce, kind_named
from shared.context import OPERATOR
from shared.service import Service


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which facts; none, or `--list`, asks what there is."""
    parser.add_argument("kind", nargs="*", metavar="KIND", help="what to state anew")
    parser.add_argument("--list", action="store_true", help="the kinds, and who listens to each")


async def carry_out(service: Service, asked: argparse.Namespace) -> Sequence[str]:
    """What was stated, or what can be. Raises `KindIsNotAnnounced`, `NobodyListens`."""
    if asked.list or not asked.kind:
        known = ((kind.name, ", ".join(kind.listeners)) for kind in service.announced)
        return [f"{kind}: {listeners or 'nobody listens'}" for kind, listeners in known]
    kinds = [kind_named(service.announced, name) for name in asked.kind]
    told = [(kind.name, await announce(service.context, kind, OPERATOR)) for kind in kinds]
    return [f"{service.name}: {kind}, {number} stated anew" for kind, number in told]
