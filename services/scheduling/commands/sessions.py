"""Sessions: the dated blocks of an activity, and who is told when one is changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row

from shared.context import Outcome, Work
from shared.contracts.scheduling import SessionChanged, SessionScheduled
from shared.database import insert_new, lock_row
from shared.refusals import Fault, Refused
from shared.rights import require_staff
from shared.web.body import Taken
from shared.web.problems import FieldsAreNotValid
from shared.web.versions import VersionHasMoved

from ..calendars import have_calendar
from ..facts import session_described
from ..fields import LocalTime, Persons, Room, Texts
from ..loading import found, perhaps, session_and_activity
from ..participants import objection_to_participants
from ..planning import Wanted, objection
from ..refusals import ActivityIsClosed, SessionExists
from ..tables import activity, session, venue
from ..telling import announce_change

Instructors = Annotated[tuple[UUID, ...], Field(max_length=20)]


class ScheduleSession(Taken):
    """One dated block, in local time of the activity's zone. Without `participant_ids` it
    concerns everyone enrolled."""

    number: Annotated[int, Field(ge=1, le=1_000)]
    starts: LocalTime
    ends: LocalTime
    module: Texts
    venue_id: UUID | None = None
    room: Room | None = None
    instructor_ids: Instructors = ()
    participant_ids: Persons | None = None


class ChangeSession(Taken):
    """What is to be different; what is left out stays, and null takes away."""

    starts: LocalTime | None = None
    ends: LocalTime | None = None
    module: Texts | None = None
    venue_id: UUID | None = None
    room: Room | None = None
    instructor_ids: Instructors | None = None
    participant_ids: Persons | None = None
    state: Literal["scheduled", "cancelled"] | None = None


async def schedule_session(
    work: Work, activity_id: UUID, session_id: UUID, asked: ScheduleSession
) -> Outcome:
    """Plan a session of an activity."""
    await lock_row(work.connection, activity, id=activity_id)
    parent = await found(work, activity, activity_id)
    await require_staff(work, parent.project_id, "coordinator")
    if parent.state != "planned":
        return ActivityIsClosed()
    row = {**_row(parent, session_id, asked.model_dump()), "number": asked.number, "version": 1}
    refusal = await _refusal(work, parent, row, asked.participant_ids)
    if refusal:
        return refusal
    if not await insert_new(work.connection, session, [row]):
        return SessionExists()
    saved = await found(work, session, session_id)
    place = await perhaps(work, venue, asked.venue_id)
    calendars = await have_calendar(work, place.country if place else None, asked.starts.date())
    return [*calendars, session_described(SessionScheduled, saved, place)]


async def change_session(
    work: Work, session_id: UUID, asked: ChangeSession, version: int
) -> Outcome:
    """Change a session; where joining instructions are out, tell those concerned."""
    before = await found(work, session, session_id)
    await lock_row(work.connection, activity, id=before.activity_id)
    before, parent = await session_and_activity(work, session_id)
    await require_staff(work, parent.project_id, "coordinator")
    if before.version != version:
        return VersionHasMoved()
    if parent.state != "planned":
        return ActivityIsClosed()
    row = _row(parent, session_id, {**_as_asked(before), **_changes(asked)})
    changed = {name for name, value in row.items() if value != getattr(before, name)}
    if not changed:
        return None
    refusal = await _refusal(work, parent, row, asked.participant_ids)
    if refusal:
        return refusal
    values = {**row, "version": version + 1}
    mine = session.c.id == session_id
    await work.connection.execute(session.update().where(mine).values(values))
    after = await found(work, session, session_id)
    described = session_described(SessionChanged, after, await perhaps(work, venue, after.venue_id))
    return [described, *await announce_change(work, parent, before, after)]


def _as_asked(row: Row[Any]) -> dict[str, Any]:
    same = ("module", "venue_id", "room", "instructor_ids", "participant_ids", "state")
    kept = {name: getattr(row, name) for name in same}
    return {**kept, "starts": row.starts_local, "ends": row.ends_local}


def _changes(asked: ChangeSession) -> dict[str, Any]:
    """What was sent; null means something only where there may be nothing."""
    sent = asked.model_dump(exclude_unset=True)
    may_be_nothing = ("venue_id", "room", "participant_ids")
    return {n: value for n, value in sent.items() if value is not None or n in may_be_nothing}


def _row(parent: Row[Any], session_id: UUID, asked: Mapping[str, Any]) -> dict[str, Any]:
    participants = asked["participant_ids"]
    wanted = _wanted(session_id, asked)
    starts, ends = wanted.planned(parent.zone)
    return {
        "id": session_id,
        "activity_id": parent.id,
        "starts_local": starts.local,
        "ends_local": ends.local,
        "zone": parent.zone,
        "starts_at": starts.instant,
        "ends_at": ends.instant,
        "module": asked["module"],
        "venue_id": wanted.venue_id,
        "room": wanted.room,
        "instructor_ids": list(map(str, wanted.instructor_ids)),
        "participant_ids": None if participants is None else sorted(set(map(str, participants))),
        "state": asked.get("state") or "scheduled",
    }


def _wanted(session_id: UUID, asked: Mapping[str, Any]) -> Wanted:
    starts: datetime = asked["starts"]
    ends: datetime = asked["ends"]
    instructors = [UUID(str(one)) for one in dict.fromkeys(asked["instructor_ids"])]
    return Wanted(session_id, starts, ends, asked["venue_id"], asked["room"], instructors)


async def _refusal(
    work: Work,
    parent: Row[Any],
    row: Mapping[str, Any],
    participants: Sequence[UUID] | None,
) -> Refused | None:
    if row["venue_id"] and not await perhaps(work, venue, row["venue_id"]):
        there_is_none = Fault("venue_id", "venue-is-not-known", "There is no such venue.")
        return FieldsAreNotValid(faults=[there_is_none])
    strange = await objection_to_participants(work, parent, row["id"], participants)
    if strange or row["state"] == "cancelled":
        return strange
    asked = {**row, "starts": row["starts_local"], "ends": row["ends_local"]}
    return await objection(work, parent, _wanted(row["id"], asked))
