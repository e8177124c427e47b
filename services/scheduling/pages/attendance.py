"""The attendance sheet of a session, as a form for who keeps it."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.forms import as_asked, read_form
from shared.web.pages import language_of, show
from shared.web.problems import documented

from ..commands.attendance import RecordAttendance, record_attendance
from ..commands.correcting import CorrectAttendance, Reason, correct_attendance
from ..domain.attendance import Attendance
from ..names import full_name
from ..queries.sheet_page import read_sheet_page
from ..refusals import (
    ActivityIsClosed,
    ActivityIsNotClosed,
    IssuingBodyIsMissing,
    OfficerIsNotEnrolled,
    SessionHasNotStarted,
)
from .showing import place_of

routes = router()
_Form = Annotated[dict[str, str], Depends(read_form)]


@routes.get(
    "/sessions/{session_id}/page", response_class=HTMLResponse, responses=documented(NotFound)
)
async def sheet_page(asked: AskedBy, request: Request, session_id: UUID) -> HTMLResponse:
    """The attendance sheet (coordinator, instructor of the session)."""
    page = await asked.read(partial(read_sheet_page, session_id=session_id))
    language = language_of(request)
    return show(
        request,
        "sheet.html",
        page=page,
        statuses=[one.value for one in Attendance],
        reasons=[one.value for one in Reason],
        clock_of=place_of(page.session.zone, language),
        name_of=lambda seat: full_name(seat.names or [], language),
    )


@routes.post(
    "/sessions/{session_id}/page",
    status_code=303,
    responses=documented(ActivityIsClosed, SessionHasNotStarted, OfficerIsNotEnrolled, NotFound),
)
async def mark_by_form(asked: AskedBy, session_id: UUID, form: _Form) -> RedirectResponse:
    """Write down what was chosen on the sheet; officers without a choice stay as they are."""
    marks = as_asked(RecordAttendance, {"records": _records(form)})
    await asked.perform(
        partial(record_attendance, session_id=session_id, asked=marks),
        audited=Audited("record-attendance", f"session/{session_id}"),
    )
    return _saved(session_id)


@routes.post(
    "/sessions/{session_id}/page/correction",
    status_code=303,
    responses=documented(ActivityIsNotClosed, OfficerIsNotEnrolled, IssuingBodyIsMissing, NotFound),
)
async def correct_by_form(asked: AskedBy, session_id: UUID, form: _Form) -> RedirectResponse:
    """Correct what is different on the sheet of a closed activity (coordinator)."""
    correction_id = new_id()
    why: dict[str, Any] = {name: form.pop(name) for name in ("reason", "note") if name in form}
    marks = as_asked(CorrectAttendance, {"records": _records(form), **why})
    await asked.perform(
        partial(
            correct_attendance, session_id=session_id, correction_id=correction_id, asked=marks
        ),
        audited=Audited("correct-attendance", f"session/{session_id}/correction/{correction_id}"),
    )
    return _saved(session_id)


def _records(form: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"person_id": name, "status": status} for name, status in form.items()]


def _saved(session_id: UUID) -> RedirectResponse:
    return RedirectResponse(f"/scheduling/sessions/{session_id}/page?saved=1", 303)
