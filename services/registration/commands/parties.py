"""Registering and describing parties (admin)."""

from typing import Any

from shared.context import Outcome, Work
from shared.database import insert_new
from shared.refusals import NotFound
from shared.rights import require_role
from shared.web.versions import VersionHasMoved

from ..bodies.people import DescribeParty, RegisterParty
from ..facts import party_described
from ..loading import parties
from ..refusals.people import PartyExists
from ..tables import party


async def register_party(work: Work, asked: RegisterParty) -> Outcome:
    """Make a party known under its code."""
    await require_role(work)
    row = {"code": asked.party, **_described(asked.party, asked), "version": 1}
    if not await insert_new(work.connection, party, [row]):
        return PartyExists()
    return [party_described(row)]


async def describe_party(work: Work, code: str, asked: DescribeParty, version: int) -> Outcome:
    """Change how a party is named, or whose calendar it keeps."""
    await require_role(work)
    kept = (await parties(work, [code])).get(code)
    if kept is None:
        return NotFound()
    row = {**kept, **_described(code, asked), "version": version + 1}
    mine = (party.c.code == code) & (party.c.version == version)
    changed = await work.connection.execute(party.update().where(mine).values(**row))
    if not changed.rowcount:
        return VersionHasMoved()
    return [party_described(row)]


def _described(code: str, asked: RegisterParty | DescribeParty) -> dict[str, Any]:
    own = code if asked.kind == "country" and len(code) == 2 else None
    return {
        "kind": asked.kind,
        "names": asked.names,
        "calendar_country": asked.calendar_country or own,
        "contact_directly": asked.contact_directly,
    }
