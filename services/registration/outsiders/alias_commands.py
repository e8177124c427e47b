"""`outsider alias …`: which officer or activity a system means, said and taken back by command.

What is held of the system is tried again.
"""

import argparse
from typing import Any

import httpx

from .account_shown import Shown
from .asking import OutsiderCommandFailed, done, every_item

KINDS = ("officer", "activity")


def add_actions(actions: Any, coded: argparse.ArgumentParser) -> None:
    """`alias`, `unalias`, `aliases`; all of them take also what stands in `coded`."""
    referring = argparse.ArgumentParser(add_help=False, parents=[coded])
    referring.add_argument("kind", choices=KINDS)
    referring.add_argument("reference", metavar="REFERENCE", help="as the system calls it")
    said = actions.add_parser("alias", parents=[referring], help="say whom or what it means")
    said.add_argument("id", metavar="ID", help="of the person or the activity here")
    said.add_argument("--party", help="whose it is; the system's own where it has but one")
    actions.add_parser("unalias", parents=[referring], help="it means nobody by this any more")
    actions.add_parser("aliases", parents=[coded], help="whom and what it means")


async def say_alias(client: httpx.AsyncClient, place: str, asked: argparse.Namespace) -> Shown:
    """The alias as it is now. Raises `OutsiderCommandFailed`."""
    party = asked.party or done(await client.get(place))["parties"][0]
    named = {"kind": asked.kind, "reference": asked.reference, "party": party}
    return done(await client.post(f"{place}/aliases", json={**named, "meant_id": asked.id}))


async def take_back(client: httpx.AsyncClient, place: str, asked: argparse.Namespace) -> Shown:
    """The alias that stands for nobody now. Raises `OutsiderCommandFailed`."""
    for one in await every_item(client, f"{place}/aliases"):
        if (one["kind"], one["reference"]) == (asked.kind, asked.reference):
            return done(await client.post(f"{place}/aliases/{one['id']}/withdrawal"))
    raise OutsiderCommandFailed("It calls nobody so.")


def alias_line(alias: Shown) -> str:
    """One alias among others."""
    meant = alias["meant_id"] or "nobody any more"
    return f"{alias['kind']:<8}  {alias['party']:<4}  {alias['reference']}  →  {meant}"
