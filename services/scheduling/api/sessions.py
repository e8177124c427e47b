"""Sessions and their attendance."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..commands import attendance, correcting
from ..commands import sessions as commands
from ..commands.attendance import RecordAttendance
from ..commands.correcting import CorrectAttendance
from ..commands.sessions import ChangeSession, ScheduleSession
from ..queries import sessions as queries
from ..queries.sessions import SessionShown, SheetShown
from ..refusals import (
    ActivityIsClosed,
    ActivityIsNotClosed,
    AttendanceIsWrittenDown,
    InstructorIsNotAssigned,
    IssuingBodyIsMissing,
    OfficerIsNotEnrolled,
    ParticipantIsNotNominated,
    SessionCannotBeHeldSo,
    SessionExists,
    SessionHasNotStarted,
    SessionIsCancelled,
    ThereIsNoSuchTime,
)

routes = router()
_CANNOT = (
    ActivityIsClosed,
    SessionCannotBeHeldSo,
    InstructorIsNotAssigned,
    ParticipantIsNotNominated,
    ThereIsNoSuchTime,
    NotYetKnown,
    NotFound,
)


@routes.post(
    "/activities/{activity_id}/sessions",
    status_code=201,
    response_model=SessionShown,
    responses=documented(SessionExists, *_CANNOT),
)
async def schedule_session(
    asked: AskedBy,
    activity_id: UUID,
    session: Annotated[ScheduleSession, Depends(JsonBody(ScheduleSession))],
) -> Response:
    """Schedule a session, in local time of the activity's zone (coordinator)."""
    session_id = new_id()
    act = partial(
        commands.schedule_session, activity_id=activity_id, session_id=session_id, asked=session
    )
    return await asked.perform(
        act,
        audited=Audited("schedule-session", f"session/{session_id}"),
        show=partial(queries.show_session, session_id=session_id),
        status=201,
    )


@routes.get("/activities/{activity_id}/sessions", responses=documented(NotFound))
async def list_sessions(asked: AskedBy, activity_id: UUID) -> Listed[SessionShown]:
    """The sessions of an activity in the order they are held, all of them."""
    return await asked.read(partial(queries.list_sessions, activity_id=activity_id))


@routes.get("/sessions/{session_id}", responses=documented(NotFound))
async def read_session(asked: AskedBy, session_id: UUID, response: Response) -> SessionShown:
    """One session; `warnings` say what speaks against its time in the host country."""
    shown = await asked.read(partial(queries.read_session, session_id=session_id))
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.patch(
    "/sessions/{session_id}",
    response_model=SessionShown,
    responses=documented(VersionIsMissing, VersionHasMoved, AttendanceIsWrittenDown, *_CANNOT),
)
async def change_session(
    asked: AskedBy,
    session_id: UUID,
    changes: Annotated[ChangeSession, Depends(JsonBody(ChangeSession))],
) -> Response:
    """Change a session; once joining instructions are out, those concerned are told
    (coordinator)."""
    version = asked.expected_version
    return await asked.perform(
        partial(commands.change_session, session_id=session_id, asked=changes, version=version),
        audited=Audited("change-session", f"session/{session_id}"),
        show=partial(queries.show_session, session_id=session_id),
    )


@routes.post(
    "/sessions/{session_id}/attendance",
    response_model=SheetShown,
    responses=documented(
        ActivityIsClosed, SessionHasNotStarted, SessionIsCancelled, OfficerIsNotEnrolled, NotFound
    ),
)
async def record_attendance(
    asked: AskedBy,
    session_id: UUID,
    marks: Annotated[RecordAttendance, Depends(JsonBody(RecordAttendance))],
) -> Response:
    """Write down who was there, or correct it (coordinator, instructor of the session)."""
    return await asked.perform(
        partial(attendance.record_attendance, session_id=session_id, asked=marks),
        audited=Audited("record-attendance", f"session/{session_id}"),
        show=partial(queries.show_sheet, session_id=session_id),
    )


@routes.post(
    "/sessions/{session_id}/attendance/corrections",
    response_model=SheetShown,
    responses=documented(
        ActivityIsNotClosed,
        SessionIsCancelled,
        OfficerIsNotEnrolled,
        IssuingBodyIsMissing,
        NotFound,
    ),
)
async def correct_attendance(
    asked: AskedBy,
    session_id: UUID,
    marks: Annotated[CorrectAttendance, Depends(JsonBody(CorrectAttendance))],
) -> Response:
    """Correct attendance after closing, and say why: outcomes and certificates follow
    (coordinator)."""
    correction_id = new_id()
    act = partial(
        correcting.correct_attendance,
        session_id=session_id,
        correction_id=correction_id,
        asked=marks,
    )
    return await asked.perform(
        act,
        audited=Audited("correct-attendance", f"session/{session_id}/correction/{correction_id}"),
        show=partial(queries.show_sheet, session_id=session_id),
    )


@routes.get("/sessions/{session_id}/attendance", responses=documented(NotFound))
async def read_attendance(asked: AskedBy, session_id: UUID) -> SheetShown:
    """The attendance sheet of a session (coordinator, instructor of the session)."""
    return await asked.read(partial(queries.read_sheet, session_id=session_id))
