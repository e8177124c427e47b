"""What other systems say of attendance and completion; the rules are those of our own records.

An activity or officer nobody has matched waits for a person: what is told has happened, and the
sender's own names for both are not ours to refuse. Of what is said of the same, the newest stands
by the time that stands in it, in whatever order it comes in; without a time it was said just now.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from shared.context import Outcome, Work
from shared.contracts import Claim
from shared.contracts.external import ExternalAttendanceRecorded, ExternalCompletionReported
from shared.database import lock_row
from shared.messaging.held import awaits_name
from shared.outsiders import meant_by
from shared.refusals import Fault, HeldForPerson, Refused

from ..facts import attendance_id
from ..loading import enrolments_of, found, perhaps, sessions_of
from ..outcomes import settle_reported
from ..refusals import (
    ActivityIsClosed,
    AttendanceDecides,
    DayIsNotPossible,
    IssuingBodyIsMissing,
    OfficerIsNotEnrolled,
    SessionIsNotPlanned,
    TimeIsAhead,
)
from ..tables import activity, attendance, project
from .activities import activity_called, wait_for_one_called
from .attendance import not_now, places_at, write_marks
from .projects import awaits_issuer

CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""How far ahead of ours another system's clock may be."""
Told = Claim[ExternalAttendanceRecorded] | Claim[ExternalCompletionReported]


async def when_outsider_records_attendance_write_it_down(
    work: Work, claim: Claim[ExternalAttendanceRecorded]
) -> Outcome:
    """A mark of one officer at one session, as an instructor would write it."""
    said_at = _said_at(work, claim, claim.event.recorded_at)
    parent, person_id = await _meant(work, claim)
    held = await sessions_of(work, parent.id)
    row = next((one for one in held if one.number == claim.event.session), None)
    if row is None:
        return SessionIsNotPlanned(faults=[Fault("session", "not-known", "No such number.")])
    refusal = not_now(work, row, parent)
    if refusal:
        return refusal
    place = _place(await places_at(work, row), person_id, claim)
    before = await perhaps(work, attendance, attendance_id(place.id, row.id))
    if before and before.said_at > said_at:
        work.stale += 1
        return None
    return await write_marks(work, row, [(place, claim.event.status)], said_at=said_at)


async def when_outsider_reports_completion_settle_it(
    work: Work, claim: Claim[ExternalCompletionReported]
) -> Outcome:
    """What an activity held elsewhere came to for one officer; where sessions are held here,
    attendance decides."""
    said_at = _said_at(work, claim)
    parent, person_id = await _meant(work, claim)
    if await sessions_of(work, parent.id, cancelled=False):
        return AttendanceDecides()
    refusal = _not_that_day(work, parent, claim.event)
    if refusal:
        return refusal
    enrolled = await enrolments_of(work, parent.id)
    places = {one.person_id: one for one in enrolled if one.status != "cancelled"}
    place = _place(places, person_id, claim)
    if place.reported_at and place.reported_at > said_at:
        work.stale += 1
        return None
    completed = claim.event.outcome == "completed"
    settle = partial(settle_reported, work, parent, place, completed=completed, said_at=said_at)
    settled = await settle()
    if isinstance(settled, IssuingBodyIsMissing):
        await lock_row(work.connection, project, id=parent.project_id)
        settled = await settle()
    if isinstance(settled, IssuingBodyIsMissing):
        missing = Fault("activity", settled.code(), settled.title)
        raise HeldForPerson(faults=[missing], awaits=[awaits_issuer(parent.project_id)])
    return settled


def _said_at(work: Work, claim: Told, recorded_at: datetime | None = None) -> datetime:
    """When it was said, else when it came in. Raises `TimeIsAhead`: what is said to come would
    stand against everything that is said until then."""
    came_in = claim.received_at or work.now
    path, said_at = ("recorded_at", recorded_at) if recorded_at else ("/time", claim.time)
    if said_at and said_at - came_in > CLOCKS_DIFFER_BY:
        raise TimeIsAhead(faults=[Fault(path, "not-possible", "Still to come.")])
    return said_at or came_in


async def _meant(work: Work, claim: Told) -> tuple[Row[Any], UUID]:
    """The activity, held until the transaction ends, and the officer. Raises `HeldForPerson`."""
    said = {"activity": claim.event.activity, "officer": claim.event.officer}
    activity_id = await _activity(work, claim)
    officer = await meant_by(work, claim.outsider, "officer", claim.event.officer)
    if activity_id is None or officer is None:
        known = {"activity": activity_id, "officer": officer}
        unknown = [path for path, meant in known.items() if meant is None]
        why = "Nobody here has said what is meant."
        raise HeldForPerson(
            faults=[Fault(path, "not-known", why) for path in unknown],
            awaits=[awaits_name(path, said[path]) for path in unknown],
        )
    await lock_row(work.connection, activity, id=activity_id)
    return await found(work, activity, activity_id), officer.id


async def _activity(work: Work, claim: Told) -> UUID | None:
    """By what the sender calls it, else by our reference."""
    said = claim.event.activity
    meant = await meant_by(work, claim.outsider, "activity", said)
    if meant:
        return meant.id
    found_so = await activity_called(work, said)
    if found_so is None:
        await wait_for_one_called(work, said)
        found_so = await activity_called(work, said)
    return found_so


def _place(places: Mapping[UUID, Row[Any]], person_id: UUID, claim: Told) -> Row[Any]:
    """The officer's place, of the party for which the sender speaks. Raises
    `OfficerIsNotEnrolled`."""
    place = places.get(person_id)
    if place is None or place.party != claim.event.party:
        stranger = Fault("officer", "not-enrolled", "Does not take part here.")
        raise OfficerIsNotEnrolled(faults=[stranger])
    return place


def _not_that_day(
    work: Work, parent: Row[Any], event: ExternalCompletionReported
) -> Refused | None:
    if parent.state == "cancelled":
        return ActivityIsClosed()
    today = work.now.astimezone(ZoneInfo(parent.zone)).date()
    if parent.starts_on <= event.on <= today:
        return None
    outside = Fault("on", "not-possible", "Before the activity began, or still to come.")
    return DayIsNotPossible(faults=[outside])
