"""Whether a session can be planned so: its time, its room, its instructors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row, or_, select

from shared.calendar import LocalTimeDoesNotExist, PlannedTime, plan
from shared.context import Work
from shared.database import lock_row
from shared.refusals import Fault, NotYetKnown, Refused
from shared.rights import staff_assignment

from .domain.session_plan import ActivityDates, PlanFault, SessionPlan, faults_of
from .loading import persons_by_id
from .refusals import InstructorIsNotAssigned, SessionCannotBeHeldSo, ThereIsNoSuchTime
from .tables import person, session, venue


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session as somebody wants it: local times in the activity's zone."""

    id: UUID
    starts: datetime
    ends: datetime
    venue_id: UUID | None
    room: str | None
    instructor_ids: Sequence[UUID]

    def planned(self, zone: str) -> tuple[PlannedTime, PlannedTime]:
        """Its times with their instants. Raises `ThereIsNoSuchTime`."""
        try:
            return plan(self.starts, zone), plan(self.ends, zone)
        except LocalTimeDoesNotExist:
            raise ThereIsNoSuchTime from None


async def objection(work: Work, activity: Row[Any], wanted: Wanted) -> Refused | None:
    """Why a session cannot be held as wanted. Rooms and instructors are held until the
    transaction ends, so that two sessions cannot take one of them at once."""
    starts, ends = wanted.planned(activity.zone)
    if wanted.venue_id:
        await lock_row(work.connection, venue, id=wanted.venue_id)
    for instructor_id in sorted(wanted.instructor_ids):
        await lock_row(work.connection, person, id=instructor_id)
    refusal = await _not_instructors(work, activity.project_id, wanted)
    if refusal:
        return refusal
    room = room_id(activity.id, wanted.venue_id, wanted.room)
    mine = SessionPlan(wanted.id, starts, ends, room, frozenset(wanted.instructor_ids))
    dates = ActivityDates(activity.starts_on, activity.ends_on, activity.zone)
    faults = faults_of(mine, dates, await _beside(work, mine))
    return SessionCannotBeHeldSo(faults=list(map(_fault, faults))) if faults else None


def room_id(activity_id: UUID, venue_id: UUID | None, room: str | None) -> UUID | None:
    """A room is one place under one name in its venue; without a venue, in its activity."""
    if room is None:
        return None
    return uuid5(venue_id or activity_id, " ".join(room.split()).casefold())


async def _not_instructors(work: Work, project_id: UUID, wanted: Wanted) -> Refused | None:
    day = wanted.starts.date()
    table = staff_assignment
    query = select(table.c.person_id).where(
        table.c.project_id == project_id,
        table.c.role == "instructor",
        table.c.from_on <= day,
        or_(table.c.until_on.is_(None), table.c.until_on >= day),
    )
    assigned = {row.person_id for row in await work.connection.execute(query)}
    strangers = set(wanted.instructor_ids) - assigned
    if not strangers:
        return None
    if strangers - set(await persons_by_id(work, strangers)):
        return NotYetKnown("instructor")
    return InstructorIsNotAssigned(
        faults=[
            Fault(f"instructor_ids.{place}", "instructor-is-not-assigned", "Not assigned.")
            for place, one in enumerate(wanted.instructor_ids)
            if one in strangers
        ]
    )


async def _beside(work: Work, mine: SessionPlan) -> list[SessionPlan]:
    """Sessions of any activity held at the same time."""
    query = select(session).where(
        session.c.starts_at < mine.ends.instant,
        session.c.ends_at > mine.starts.instant,
        session.c.state == "scheduled",
        session.c.id != mine.id,
    )
    return [
        SessionPlan(
            row.id,
            PlannedTime(row.starts_local, row.zone, row.starts_at),
            PlannedTime(row.ends_local, row.zone, row.ends_at),
            room_id(row.activity_id, row.venue_id, row.room),
            frozenset(map(UUID, row.instructor_ids)),
        )
        for row in await work.connection.execute(query)
    ]


def _fault(fault: PlanFault) -> Fault:
    beside = f" by session {fault.session}" if fault.session else ""
    return Fault(_PLACES[fault.fault], str(fault.fault), f"{_WORDS[fault.fault]}{beside}.")


_PLACES = {
    "ends-before-it-starts": "ends",
    "outside-the-activity": "starts",
    "room-is-taken": "room",
    "instructor-is-taken": "instructor_ids",
}
_WORDS = {
    "ends-before-it-starts": "The session ends before it starts",
    "outside-the-activity": "The session lies outside the days of its activity",
    "room-is-taken": "The room is taken",
    "instructor-is-taken": "An instructor is taken",
}
