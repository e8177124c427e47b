"""What scheduling can state anew for a consumer that comes later."""

from collections.abc import Sequence
from uuid import UUID

from shared.announcing import Kind, rows_of, told_by_row
from shared.context import Work
from shared.contracts import Event
from shared.contracts.scheduling import (
    ActivityStated,
    AttendanceStated,
    CalendarDescribed,
    CalendarStated,
    EnrolmentStated,
    ProjectStated,
    SessionStated,
)

from .facts import (
    activity_described,
    attendance_recorded,
    enrolment_described,
    project_described,
    session_described,
)
from .loading import venues_by_id
from .tables import activity, attendance, calendar, enrolment, project, session


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
)
