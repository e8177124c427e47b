"""Forgetting whom an undone import made known, some persons in each job."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import exists, or_, select

from shared.context import Act, Context, Outcome, Work
from shared.contracts import Event
from shared.jobs import Job, plan

from ..imports.standing import forget_import
from ..imports.undoing import WRITTEN, next_some
from ..imports.untouched import is_untouched
from ..loading import Stored, several
from ..tables import (
    nomination,
    participation,
    person,
    roster_import,
    roster_import_row,
)
from .erasure import forget_person

PERSONS_AT_ONCE = 50
row = roster_import_row
WAITING = ("reading", "read", "writing")
MADE = WRITTEN & row.c.person_version.is_not(None) & row.c.before.is_(None)


async def forget_imported(job: Job, _context: Context) -> Act | None:
    """Forget some of the persons whom an import made known and whom nothing else is about."""
    import_id, after = UUID(job.payload["import_id"]), job.payload.get("after", 0)
    return partial(forget_some, import_id=import_id, after=after)


async def forget_some(work: Work, *, import_id: UUID, after: int) -> Outcome:
    """Some of the rows after this one, and the next some by a job of their own: others have their
    turn between. When there are none left, what the file said is deleted."""
    mine = (row.c.import_id == import_id) & MADE & (row.c.row > after)
    query = select(row.c.row, row.c.person_id).where(mine).order_by(row.c.row)
    found = await several(work, query.limit(PERSONS_AT_ONCE))
    if not found:
        await forget_import(work, import_id)
        return None
    events: list[Event] = []
    for one in await _of_nothing_else(work, import_id, [made["person_id"] for made in found]):
        events += await forget_person(work, one["id"])
    await plan(work, next_some(work, import_id, after=found[-1]["row"]))
    return events


async def _of_nothing_else(
    work: Work, import_id: UUID, person_ids: Sequence[UUID]
) -> Sequence[Stored]:
    """Who of these persons is as the import made them, and nothing but the import is about them."""
    by_import = exists().where(row.c.import_id == import_id, row.c.nomination_id == nomination.c.id)
    other = row.alias()
    waits = roster_import.c.state.in_(WAITING)
    named_in_another = (
        exists()
        .where(other.c.party == person.c.party)
        .where(other.c.officer_reference == person.c.officer_reference)
        .where(other.c.import_id == roster_import.c.id, other.c.import_id != import_id, waits)
    )
    elsewhere = (
        named_in_another,
        exists().where(nomination.c.person_id == person.c.id, ~by_import),
        exists().where(participation.c.person_id == person.c.id),
    )
    query = select(person.c.id).where(person.c.id.in_(person_ids), is_untouched(), ~or_(*elsewhere))
    return await several(work, query.order_by(person.c.id))
