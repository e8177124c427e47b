"""What scheduling can state anew for a consumer that comes later."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from shared.announcing import Kind, rows_of, told_by_row
from shared.context import Work
from shared.contracts import Event
from shared.contracts.scheduling import (
    ActivityStated,
    AttendanceStated,
    CalendarDescribed,
    CalendarStated,
    CertificateStated,
    EnrolmentStated,
    JoiningInstructionsStated,
    ProjectStated,
    SessionStated,
)
from shared.refusals import NotYetKnown

from .facts import (
    activity_described,
    attendance_recorded,
    enrolment_described,
    project_described,
    session_described,
)
from .loading import found, sessions_of, venues_by_id
from .tables import activity, attendance, calendar, certificate, enrolment, project, session
from .telling import instructions_for


async def tell_sessions(work: Work, session_ids: Sequence[UUID]) -> list[Event]:
    """Sessions with the names of their venues."""
    rows = await rows_of(work, session.c.id, session_ids)
    venues = await venues_by_id(work, rows)
    return [session_described(SessionStated, row, venues.get(row.venue_id)) for row in rows]


async def tell_attendance(work: Work, attendance_ids: Sequence[UUID]) -> list[Event]:
    """Marks, with what their enrolments and sessions say of them."""
    marks = await rows_of(work, attendance.c.id, attendance_ids)
    sessions = await rows_of(work, session.c.id, [mark.session_id for mark in marks])
    places = await rows_of(work, enrolment.c.id, [mark.enrolment_id for mark in marks])
    session_of, place_of = {row.id: row for row in sessions}, {row.id: row for row in places}
    return [
        attendance_recorded(mark.status, place_of[mark.enrolment_id], session_of[mark.session_id])
        for mark in marks
    ]


async def tell_joining(work: Work, enrolment_ids: Sequence[UUID]) -> list[Event]:
    """How officers join that were told so and are still to come; nobody is told again."""
    places = await rows_of(work, enrolment.c.id, enrolment_ids)
    erased = await work.erased(*(place.person_id for place in places))
    events: list[Event] = []
    for place in places:
        told = place.instructions_issued_at and place.status == "enrolled"
        of_activity = await found(work, activity, place.activity_id)
        sessions = await sessions_of(work, of_activity.id, cancelled=False)
        if told and place.person_id not in erased and of_activity.state == "planned" and sessions:
            with suppress(NotYetKnown):  # nobody is there to be reminded
                events.append(await instructions_for(work, of_activity, place, sessions))
    return events


async def tell_certificates(work: Work, certificate_ids: Sequence[UUID]) -> list[Event]:
    """Certificates that were issued, with what their enrolments say of them."""
    rows = await rows_of(work, certificate.c.id, certificate_ids)
    places = await rows_of(work, enrolment.c.id, {row.enrolment_id for row in rows})
    party_of = {place.id: place.party for place in places}
    return [
        CertificateStated(
            certificate_id=row.id,
            enrolment_id=row.enrolment_id,
            activity_id=row.activity_id,
            party=party_of[row.enrolment_id],
            person_id=row.person_id,
            revoked=row.revoked_at is not None,
        )
        for row in rows
    ]


KINDS = (
    told_by_row(ProjectStated, project.c.id, project_described),
    told_by_row(ActivityStated, activity.c.id, activity_described),
    Kind(SessionStated, session.c.id, tell_sessions),
    told_by_row(
        CalendarStated,
        calendar.c.country,
        lambda row: CalendarDescribed(country=row.country, calendar=row.calendar),
    ),
    told_by_row(
        EnrolmentStated, enrolment.c.id, lambda row: enrolment_described(EnrolmentStated, row)
    ),
    Kind(AttendanceStated, attendance.c.id, tell_attendance),
    Kind(JoiningInstructionsStated, enrolment.c.id, tell_joining),
    Kind(CertificateStated, certificate.c.id, tell_certificates),
)
