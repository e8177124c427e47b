"""What officers took part in before, for the rules of a call: first-time, prerequisites."""

import json
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from sqlalchemy import Text, cast, func, select

from shared.context import Work
from shared.database import delete_these

from ..loading import Stored, several
from ..tables import (
    activity,
    attendance,
    certificate,
    enrolment,
    history_row,
    participation,
    participation_correction,
)

PERSONS_PER_QUERY = 1000
STANDS = participation.c.outcome.is_not(None) & participation.c.withdrawn_at.is_(None)
"""What counts: something came of it, and it was not taken back."""


async def first_timers(work: Work, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these persons took part in nothing before, here or as imported."""
    known: set[UUID] = set()
    for some in _parts(person_ids):
        query = select(participation.c.person_id).distinct()
        query = query.where(STANDS, participation.c.person_id.in_(some))
        known |= {row["person_id"] for row in await several(work, query)}
    return frozenset(person_ids) - known


async def completions(work: Work, person_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """The codes of what each of these persons completed, in capitals; everybody has an entry."""
    found: dict[UUID, set[str]] = {one: set() for one in person_ids}
    code = func.coalesce(activity.c.reference, participation.c.code).label("code")
    for some in _parts(person_ids):
        query = (
            select(participation.c.person_id, code)
            .outerjoin(activity, activity.c.id == participation.c.activity_id)
            .where(STANDS, participation.c.outcome == "completed")
            .where(participation.c.person_id.in_(some))
        )
        for row in await several(work, query):
            if row["code"]:
                found[row["person_id"]].add(row["code"].upper())
    return {one: frozenset(codes) for one, codes in found.items()}


async def forget_history(work: Work, officer: Stored) -> None:
    """Nothing is kept of what an erased person took part in, nor of rows that may be theirs."""
    person_id: UUID = officer["id"]
    copies = (enrolment, attendance, certificate)
    for table in (*copies, participation, participation_correction, history_row):
        await delete_these(work.connection, table.c.person_id, [person_id])
    suggested = cast(history_row.c.suggestions, Text).contains(str(person_id))
    await work.connection.execute(history_row.delete().where(suggested))
    if officer["party"] and officer["officer_reference"]:
        await _forget_rows_of(work, officer["party"], officer["officer_reference"])


async def _forget_rows_of(work: Work, party: str, reference: str) -> None:
    """Rows of whom their party calls so, read before they were known here."""
    written = json.dumps(reference, ensure_ascii=False)
    named = cast(history_row.c.found, Text).contains(written, autoescape=True)
    query = select(history_row.c.import_id, history_row.c.row, history_row.c.found).where(named)
    for row in await several(work, query):
        if (row["found"]["party"], row["found"]["officer_reference"]) == (party, reference):
            mine = (history_row.c.import_id == row["import_id"]) & (history_row.c.row == row["row"])
            await work.connection.execute(history_row.delete().where(mine))


def _parts(person_ids: Collection[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(person_ids)
    for at in range(0, len(ordered), PERSONS_PER_QUERY):
        yield ordered[at : at + PERSONS_PER_QUERY]
