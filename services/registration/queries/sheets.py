"""The officers of a party as a sheet shows them: those nominated, then the others it knows."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from shared.context import Work
from shared.refusals import NotFound
from shared.rights import require_channel

from ..calls.quotas import invited, quotas_of
from ..calls.wanted import Wanted, wanted_by
from ..domain.nomination import NO_LONGER_STANDING
from ..loading import Stored, by_id, several
from ..roster.sheet import RosterSheet
from ..tables import call, nomination, person

ROWS_AT_ONCE = 500


async def wanted_in_sheet(work: Work, call_id: UUID, party: str) -> Wanted:
    """What a call looks at in officers whom a party nominates. Raises `NotFound`."""
    kept = await by_id(work, call, call_id)
    await require_channel(work, kept["project_id"], party)
    if party not in invited(await quotas_of(work, call_id)):
        raise NotFound
    return await wanted_by(work, kept)


async def fill_sheet(work: Work, call_id: UUID, party: str, sheet: RosterSheet) -> None:
    """Write the officers of a party into a sheet, some at a time."""
    async for batch in _in_batches(work, call_id, party):
        await asyncio.to_thread(sheet.write, [_cells(one) for one in batch])
    await asyncio.to_thread(sheet.close)


async def _in_batches(work: Work, call_id: UUID, party: str) -> AsyncIterator[list[Stored]]:
    stands = (
        nomination.c.person_id == person.c.id,
        nomination.c.call_id == call_id,
        nomination.c.status.not_in(NO_LONGER_STANDING),
    )
    known = (person.c.party == party) & person.c.officer_reference.is_not(None)
    nominated = (
        select(person, nomination.c.priority, nomination.c.declaration)
        .join(nomination, stands[0])
        .where(*stands)
    )
    others = select(person).where(~exists().where(*stands))
    for query, place in (
        (nominated, nomination.c.priority),
        (others, person.c.officer_reference),
    ):
        after = None
        ordered = query.where(known, person.c.erased_at.is_(None)).order_by(place)
        while True:
            beyond = ordered if after is None else ordered.where(place > after)
            batch = await several(work, beyond.limit(ROWS_AT_ONCE))
            if batch:
                yield batch
            if len(batch) < ROWS_AT_ONCE:
                break
            after = batch[-1][place.name]


def _cells(row: Stored) -> Mapping[str, Any]:
    names = {name["script"]: name for name in row["names"]}
    latin, arabic = names.get("Latn", {}), names.get("Arab", {})
    since, signed = row["serving_since"], row.get("declaration") or {}
    return {
        **row,
        "given_name": latin.get("given"),
        "family_name": latin.get("family"),
        "given_name_ar": arabic.get("given"),
        "family_name_ar": arabic.get("family"),
        "sms": "yes" if row["wants_sms"] else "no",
        "serving_since": since.isoformat() if since else None,
        "declaration": signed.get("version"),
        "declared_on": signed.get("signed_on"),
    }
