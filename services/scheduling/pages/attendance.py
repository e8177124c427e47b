"""The attendance sheet of a session, as a form for who keeps it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from shared.context import Audited
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.forms import as_asked, read_form
from shared.web.pages import language_of
from shared.web.problems import documented

from ..commands.attendance import RecordAttendance, record_attendance
from ..domain.attendance import Attendance
from ..names import full_name
from ..queries.sheet_page import read_sheet_page
from ..refusals import ActivityIsClosed, OfficerIsNotEnrolled, SessionHasNotStarted
from .showing import place_of, show

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
    records = [{"person_id": name, "status": status} for name, status in form.items()]
    await asked.perform(
        partial(
            record_attendance,
            session_id=session_id,
            asked=as_asked(RecordAttendance, {"records": records}),
        ),
        audited=Audited("record-attendance", f"session/{session_id}"),
    )
    return RedirectResponse(f"/scheduling/sessions/{session_id}/page?saved=1", 303)
