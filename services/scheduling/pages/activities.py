"""The pages of activities for who is signed in: the list, one activity, its buttons."""

from functools import partial
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from shared.context import Audited
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.lists import Paged
from shared.web.pages import language_of, show
from shared.web.problems import documented

from ..commands.closing import close_activity
from ..commands.joining import issue_joining_instructions
from ..names import full_name
from ..queries.activities import list_activities
from ..queries.activity_page import read_activity_page
from ..queries.timetable import by_day
from ..refusals import (
    ActivityIsClosed,
    ActivityIsNotOver,
    AttendanceIsMissing,
    IssuingBodyIsMissing,
    NothingIsPlanned,
)
from .showing import place_of

routes = router()


@routes.get("/", response_class=HTMLResponse)
async def activities_page(asked: AskedBy, request: Request, place: Paged) -> HTMLResponse:
    """The activities the reader may see."""
    page = await asked.read(partial(list_activities, place=place))
    return show(request, "activities.html", activities=page.items, next=page.next)


@routes.get(
    "/activities/{activity_id}/page", response_class=HTMLResponse, responses=documented(NotFound)
)
async def activity_page(asked: AskedBy, request: Request, activity_id: UUID) -> HTMLResponse:
    """Plan, enrolments and attendance of an activity, as far as the reader may see them."""
    page = await asked.read(partial(read_activity_page, activity_id=activity_id))
    language = language_of(request)
    return show(
        request,
        "activity.html",
        page=page,
        days=list(by_day(page.lines)),
        clock_of=place_of(page.activity.zone, language),
        name_of=lambda seat: full_name(seat.names or [], language),
    )


@routes.post(
    "/activities/{activity_id}/page/joining-instructions",
    status_code=303,
    responses=documented(ActivityIsClosed, NothingIsPlanned, NotFound),
)
async def instruct_by_form(asked: AskedBy, activity_id: UUID) -> RedirectResponse:
    """The button that issues joining instructions (coordinator)."""
    await asked.perform(
        partial(issue_joining_instructions, activity_id=activity_id),
        audited=Audited("issue-joining-instructions", f"activity/{activity_id}"),
    )
    return _back_to(activity_id)


@routes.post(
    "/activities/{activity_id}/page/closing",
    status_code=303,
    responses=documented(
        ActivityIsClosed,
        ActivityIsNotOver,
        AttendanceIsMissing,
        IssuingBodyIsMissing,
        NothingIsPlanned,
        NotFound,
    ),
)
async def close_by_form(asked: AskedBy, activity_id: UUID) -> RedirectResponse:
    """The button that closes an activity (coordinator)."""
    await asked.perform(
        partial(close_activity, activity_id=activity_id),
        audited=Audited("close-activity", f"activity/{activity_id}"),
    )
    return _back_to(activity_id)


def _back_to(activity_id: UUID) -> RedirectResponse:
    return RedirectResponse(f"/scheduling/activities/{activity_id}/page", 303)
