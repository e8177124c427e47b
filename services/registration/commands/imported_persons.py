"""Forgetting whom an import made known that was taken back, some persons in each transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import exists, or_, select

from shared.context import Act, Context, Outcome, Work
from shared.contracts import Event
from shared.jobs import Job, hold

from ..domain.import_states import WAITING, ImportState
from ..imports.kinds import Kind
from ..imports.standing import forget_import
from ..imports.untouched import is_untouched
from ..loading import Stored, by_id, several
from ..tables import (
    nomination,
    participation,
    person,
    roster_import,
    roster_import_row,
)
from .erasure import forget_person

PERSONS_AT_ONCE = 20


async def forget_made_known(job: Job, context: Context, *, kind: Kind) -> Act | None:
    """Forget the persons whom an import made known and whom nothing else is about; then, where all
    of it was taken back, what its file said."""
    import_id = UUID(job.payload["import_id"])
    some = _ForgetSome(job, kind, import_id)
    while some.after is not None:
        await context.commit(some, actor=context.itself, correlation_id=job.correlation_id)
    return partial(_conclude, kind=kind, import_id=import_id)


@dataclass
class _ForgetSome:
    """The act that forgets some of them: those in the rows after this one."""

    job: Job
    kind: Kind
    import_id: UUID
    after: int | None = -1

    async def __call__(self, work: Work) -> Outcome:
        made = self.kind.made.subquery()
        mine = (made.c.import_id == self.import_id) & (made.c.row > self.after)
        query = select(made).where(mine).order_by(made.c.row).limit(PERSONS_AT_ONCE)
        found = await several(work, query)
        self.after = found[-1]["row"] if found and await hold(work, self.job) else None
        events: list[Event] = []
        for one in await self._of_nothing_else(work, [row["person_id"] for row in found]):
            events += await forget_person(work, one["id"])
        return events

    async def _of_nothing_else(self, work: Work, person_ids: Sequence[UUID]) -> Sequence[Stored]:
        """Who of these persons is as the import made them, and nothing but it is about them."""
        row, other = roster_import_row, roster_import_row.alias()
        by_it = (row.c.import_id == self.import_id) & (row.c.nomination_id == nomination.c.id)
        waits = roster_import.c.state.in_((*WAITING, ImportState.WRITING))
        named_in_another = (
            exists()
            .where(other.c.party == person.c.party)
            .where(other.c.officer_reference == person.c.officer_reference)
            .where(other.c.import_id == roster_import.c.id, roster_import.c.id != self.import_id)
            .where(waits)
        )
        took_part = participation.c.withdrawn_at.is_(None)
        elsewhere = (
            named_in_another,
            exists().where(nomination.c.person_id == person.c.id, ~exists().where(by_it)),
            exists().where(participation.c.person_id == person.c.id, took_part),
        )
        mine = person.c.id.in_(person_ids)
        query = select(person.c.id).where(mine, is_untouched(), ~or_(*elsewhere))
        return await several(work, query.order_by(person.c.id))


async def _conclude(work: Work, *, kind: Kind, import_id: UUID) -> Outcome:
    kept = await by_id(work, kind.imports, import_id)
    if kept["state"] == ImportState.UNDONE:
        await forget_import(work, kind.rows, import_id)
    return None
