"""Forgetting whom an undone import made known, some persons in each transaction."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import exists, or_, select

from shared.context import Act, Actor, Context, Outcome, Work
from shared.contracts import Event
from shared.jobs import Job, hold

from ..imports.standing import forget_import
from ..imports.undoing import WRITTEN
from ..loading import Stored, several
from ..tables import nomination, participation, person, roster_import_row
from ..untouched import is_untouched
from .erasure import forget_person

PERSONS_AT_ONCE = 20
row = roster_import_row
MADE = WRITTEN & row.c.person_version.is_not(None) & row.c.before.is_(None)


async def forget_imported(job: Job, context: Context) -> Act | None:
    """Forget the persons whom an import made known and whom nothing else is about; then delete
    what the file said."""
    import_id, after = UUID(job.payload["import_id"]), 0
    while True:
        async with context.database.reading() as connection:
            mine = (row.c.import_id == import_id) & MADE & (row.c.row > after)
            query = select(row.c.row, row.c.person_id).where(mine).order_by(row.c.row)
            found = (await connection.execute(query.limit(PERSONS_AT_ONCE))).all()
        if not found:
            return partial(_conclude, import_id=import_id)
        after = found[-1].row
        await context.commit(
            partial(
                _forget, job=job, import_id=import_id, person_ids=[one.person_id for one in found]
            ),
            actor=Actor(context.service, "service"),
            correlation_id=job.correlation_id,
        )


async def _forget(work: Work, *, job: Job, import_id: UUID, person_ids: Sequence[UUID]) -> Outcome:
    events: list[Event] = []
    if await hold(work, job):
        for one in await _of_nothing_else(work, import_id, person_ids):
            events += await forget_person(work, one["id"])
    return events


async def _of_nothing_else(
    work: Work, import_id: UUID, person_ids: Sequence[UUID]
) -> Sequence[Stored]:
    """Who of these persons is as the import made them, and nothing but the import is about them."""
    by_import = exists().where(row.c.import_id == import_id, row.c.nomination_id == nomination.c.id)
    elsewhere = (
        exists().where(nomination.c.person_id == person.c.id, ~by_import),
        exists().where(participation.c.person_id == person.c.id),
    )
    query = select(person.c.id).where(person.c.id.in_(person_ids), is_untouched(), ~or_(*elsewhere))
    return await several(work, query.order_by(person.c.id))


async def _conclude(work: Work, *, import_id: UUID) -> Outcome:
    await forget_import(work, import_id)
    return None
