"""Forgetting whom an import of past participations made known, once it is taken back; some persons
in each transaction."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import exists, or_, select

from shared.context import Act, Context, Outcome, Work
from shared.contracts import Event
from shared.jobs import Job, hold

from ..imports.untouched import is_untouched
from ..loading import several
from ..past.history import STANDS
from ..tables import (
    history_import,
    nomination,
    participation,
    person,
)
from .erasure import forget_person

FORGET_CREATED = "forget_persons_of_history"
PERSONS_AT_ONCE = 20


async def forget_created(job: Job, context: Context) -> Act | None:
    """Forget the persons whom the import made known and of whom nothing else is known."""
    import_id = UUID(job.payload["import_id"])
    query = select(history_import.c.created).where(history_import.c.id == import_id)
    async with context.database.reading() as connection:
        created = [UUID(one) for one in (await connection.execute(query)).scalar_one()]
    for at in range(0, len(created), PERSONS_AT_ONCE):
        await context.commit(
            partial(_forget, job=job, person_ids=created[at : at + PERSONS_AT_ONCE]),
            actor=context.itself,
            correlation_id=job.correlation_id,
        )
    return partial(_conclude, import_id=import_id)


async def _forget(work: Work, *, job: Job, person_ids: Sequence[UUID]) -> Outcome:
    events: list[Event] = []
    if await hold(work, job):
        elsewhere = (
            exists().where(nomination.c.person_id == person.c.id),
            exists().where(participation.c.person_id == person.c.id, STANDS),
        )
        mine = person.c.id.in_(person_ids)
        query = select(person.c.id).where(mine, is_untouched(), ~or_(*elsewhere))
        for one in await several(work, query.order_by(person.c.id)):
            events += await forget_person(work, one["id"])
    return events


async def _conclude(work: Work, *, import_id: UUID) -> Outcome:
    mine = history_import.c.id == import_id
    await work.connection.execute(history_import.update().where(mine).values(created=[]))
    return None
