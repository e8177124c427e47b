"""An activity that does not take place: its sessions, the places in it, and who was to teach."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Work
from shared.contracts.scheduling import (
    CancellationAnnounced,
    EnrolmentCancelled,
    EnrolmentState,
    SessionChanged,
    SessionState,
)

from .facts import enrolment_described, session_described
from .loading import found, venues_by_id
from .tables import enrolment, session


async def call_off(work: Work, held: Sequence[Row[Any]]) -> list[SessionState]:
    """No session is held any more: rooms and instructors are free."""
    venues = await venues_by_id(work, held)
    events = []
    for row in held:
        mine = session.update().where(session.c.id == row.id)
        await work.connection.execute(mine.values(state="cancelled", version=row.version + 1))
        after = await found(work, session, row.id)
        events.append(session_described(SessionChanged, after, venues.get(row.venue_id)))
    return events


async def cancel_places(work: Work, places: Sequence[Row[Any]]) -> list[EnrolmentState]:
    """Who completed or failed took part, whatever became of the nomination."""
    events = []
    for place in places:
        if place.status == "enrolled":
            mine = enrolment.update().where(enrolment.c.id == place.id)
            await work.connection.execute(mine.values(status="cancelled"))
            after = await found(work, enrolment, place.id)
            events.append(enrolment_described(EnrolmentCancelled, after))
    return events


async def tell_instructors(
    work: Work, of_activity: Row[Any], held: Sequence[Row[Any]], told: Collection[UUID]
) -> list[CancellationAnnounced]:
    """Each who was to teach is told once, but for those who are told by others."""
    teach = {UUID(one) for row in held for one in row.instructor_ids} - set(told)
    return [
        CancellationAnnounced(
            activity_id=of_activity.id,
            person_id=person_id,
            reference=of_activity.reference,
            visibility=of_activity.visibility,
            link=work.links.page(f"activities/{of_activity.id}/page"),
        )
        for person_id in sorted(teach - await work.erased(*teach))
    ]
