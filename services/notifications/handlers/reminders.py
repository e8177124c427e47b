"""Plans the reminders that are to come, whenever a fact they follow from is taken in.

What is planned depends on the newest state of those facts alone, not on the order they arrived in.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.archived import NOT_ARCHIVED
from shared.contracts.scheduling import JoiningInstructionsIssued, JoiningInstructionsStated
from shared.database import insert_new, lock_row, upsert_newest
from shared.jobs import Later, plan, unplan
from shared.tables import job

from ..tables import enrolment, joining, person, reminder_turn, session
from .reminders_to_come import reminders_to_come


async def take_turn(work: Work) -> None:
    """Hold until the end of the transaction that nobody else changes what reminders follow from:
    two who each see only their own half of it would both plan nothing."""
    await insert_new(work.connection, reminder_turn, [{"id": 1}])
    await lock_row(work.connection, reminder_turn, id=1)


async def replan_reminders(
    work: Work, activity_id: UUID, persons: Collection[UUID] | None = None
) -> None:
    """Plan what is due to come for an activity, and take back what no longer is right.

    Without `persons`, for all its officers. The caller has taken its turn.
    """
    wanted = await reminders_to_come(work, activity_id, persons)
    planned = await _planned(work, activity_id, persons)
    wrong = [
        key for key, due_at in planned.items() if key not in wanted or wanted[key].due_at != due_at
    ]
    if wrong:
        await unplan(work, "remind", *wrong)
    new = [
        Later("remind", key, {"activity_id": str(activity_id)}, one.due_at, one.person_id)
        for key, one in sorted(wanted.items())
        if planned.get(key) != one.due_at
    ]
    if new:
        await plan(work, *new)


async def replan_for_readers(work: Work, readers: Iterable[UUID]) -> None:
    """Plan anew where these persons are written to."""
    query = select(joining.c.activity_id, joining.c.person_id).where(
        joining.c.recipient_id.in_(list(readers))
    )
    officers: dict[UUID, set[UUID]] = {}
    for row in await work.connection.execute(query):
        officers.setdefault(row.activity_id, set()).add(row.person_id)
    for activity_id in sorted(officers):
        await replan_reminders(work, activity_id, officers[activity_id])


async def replan_for_countries(work: Work, countries: Iterable[str]) -> None:
    """Plan anew what is still to come for readers who keep these calendars."""
    concerned = (
        select(joining.c.activity_id)
        .join(person, person.c.id == joining.c.recipient_id)
        .join(session, session.c.activity_id == joining.c.activity_id)
        .where(person.c.calendar_country.in_(list(countries)), session.c.starts_at > work.now)
        .distinct()
    )
    activities = [row.activity_id for row in await work.connection.execute(concerned)]
    for activity_id in sorted(activities):
        await replan_reminders(work, activity_id)


async def keep_joining_link(work: Work, fact: Fact[JoiningInstructionsIssued]) -> None:
    """Keep the newest link of an enrolment; nothing of erased persons, nor a lost link."""
    event = fact.event
    if event.link == NOT_ARCHIVED:
        return
    await take_turn(work)
    told_here = joining.update().where(joining.c.enrolment_id == event.enrolment_id)
    await work.connection.execute(told_here.values(stated_at=None))
    await _keep_link(work, fact, stated_at=None)


async def keep_stated_links(work: Work, facts: Sequence[Fact[JoiningInstructionsStated]]) -> None:
    """Newest: links that were lost here; of reminders due before, nobody knows whether they were
    sent, and they are not."""
    await take_turn(work)
    for fact in facts:
        mine = joining.c.enrolment_id == fact.event.enrolment_id
        query = select(joining.c.stated_at).where(mine)
        known = (await work.connection.execute(query)).one_or_none()
        await _keep_link(work, fact, stated_at=known.stated_at if known else work.now)


async def _keep_link(
    work: Work, fact: Fact[JoiningInstructionsIssued], *, stated_at: datetime | None
) -> None:
    event = fact.event
    if await work.erased(event.person_id, event.recipient_id):
        return
    names = {*joining.columns.keys()} - {"sequence", "stated_at"}
    row = {name: getattr(event, name) for name in names}
    row |= {"stated_at": stated_at, "sequence": fact.sequence}
    work.stale += not await upsert_newest(work.connection, joining, [row])
    await replan_reminders(work, event.activity_id, {event.person_id})


async def _planned(
    work: Work, activity_id: UUID, persons: Collection[UUID] | None
) -> dict[str, datetime]:
    """What waits to be done for an activity: key and instant."""
    officers = (
        select(joining.c.person_id)
        .where(joining.c.activity_id == activity_id)
        .union(select(enrolment.c.person_id).where(enrolment.c.activity_id == activity_id))
    )
    query = select(job.c.key, job.c.due_at, job.c.payload).where(
        job.c.kind == "remind",
        job.c.state == "waiting",
        job.c.person_id.in_(list(persons) if persons is not None else officers),
    )
    rows = await work.connection.execute(query)
    mine = {"activity_id": str(activity_id)}
    return {row.key: row.due_at for row in rows if row.payload == mine}
