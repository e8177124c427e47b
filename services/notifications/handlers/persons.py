"""Keeps how persons are written to, and forgets them when they are erased."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from shared.context import Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.notifications import NotificationsErasureConfirmed
from shared.contracts.registration import PersonDetailsChanged, PersonErased
from shared.erasure import forget
from shared.keeping import keep_newest

from ..domain.states import OPEN
from ..tables import joining, message, person
from .messages import settle
from .reminders import replan_for_readers, replan_reminders, take_turn


async def keep_persons(work: Work, facts: Sequence[Fact[PersonDetailsChanged]]) -> None:
    """Newest: address, language and wishes of a person; nothing of one who was erased."""
    await take_turn(work)
    erased = await work.erased(*(fact.event.person_id for fact in facts))
    living = [fact for fact in facts if fact.event.person_id not in erased]
    await replan_for_readers(work, await keep_newest(work, person, living))


async def when_person_is_erased_forget_them(work: Work, fact: Fact[PersonErased]) -> Outcome:
    """Each: blank what is personal, send nothing more, and say so."""
    person_id = fact.event.person_id
    await take_turn(work)
    known_as_erased = bool(await work.erased(person_id))
    await forget(work, person_id)
    events = await _stop_messages(work, person_id)
    await work.connection.execute(person.delete().where(person.c.id == person_id))
    mine = or_(joining.c.person_id == person_id, joining.c.recipient_id == person_id)
    gone = joining.delete().where(mine).returning(joining.c.activity_id, joining.c.person_id)
    for row in (await work.connection.execute(gone)).all():
        await replan_reminders(work, row.activity_id, {row.person_id})
    return (
        events if known_as_erased else [*events, NotificationsErasureConfirmed(person_id=person_id)]
    )


async def _stop_messages(work: Work, person_id: UUID) -> list[Event]:
    """End what is not sent yet, to the person or about them. Of a sending on its way the job
    tells the end; what the receiver may have stays unsettled, for nobody will ask any more."""
    theirs = or_(message.c.person_id == person_id, message.c.about_id == person_id)
    query = select(message.c.key, message.c.status).where(theirs, message.c.status.in_(OPEN))
    events: list[Event] = []
    for row in (await work.connection.execute(query.with_for_update())).all():
        if row.status == "planned":
            events += await settle(work, key=row.key, status="not_sent", reason="erased")
        if row.status == "unknown":
            events += await settle(work, key=row.key, status="unsettled", reason="erased")
    await work.connection.execute(message.update().where(theirs).values(variables={}))
    return events
