"""The page behind the link of joining instructions, and its calendar file."""

from functools import partial
from importlib import import_module

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from shared.context import Work
from shared.links import LinkHasExpired, LinkIsNotValid
from shared.web.api import router
from shared.web.asked import AskedByLink
from shared.web.pages import show
from shared.web.problems import documented

from ..queries.behind_links import read_joining_page
from ..queries.timetable import by_day
from ..refusals import PlaceIsCancelled
from .showing import language_for, place_of

routes = router()
_REFUSALS = documented(LinkIsNotValid, LinkHasExpired, PlaceIsCancelled)


@routes.get("/joining/{code}", response_class=HTMLResponse, responses=_REFUSALS)
async def joining_page(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """How to join: dates, venue, timetable; in the addressee's language (signed link)."""
    page = await asked.read(partial(read_joining_page, code=code))
    language = language_for(request, page.reader.language)
    return show(
        request,
        "joining.html",
        prefer=page.reader.language,
        page=page,
        days=list(by_day(page.lines)),
        clock_of=place_of(page.activity.zone, language),
        calendar=f"/scheduling/joining/{code}/calendar.ics",
    )


@routes.get("/joining/{code}/calendar.ics", responses=_REFUSALS)
async def joining_calendar(asked: AskedByLink, request: Request, code: str) -> Response:
    """The sessions for the reader's own calendar (signed link)."""

    async def read(work: Work) -> bytes:
        page = await read_joining_page(work, code)
        file: bytes = import_module("..calendar_file", __package__).calendar_file(
            page.activity,
            page.lines,
            page=work.links.page(f"joining/{code}"),
            language=language_for(request, page.reader.language),
            made_at=work.now,
        )
        return file

    headers = {"Content-Disposition": 'attachment; filename="sessions.ics"'}
    return Response(await asked.read(read), 200, headers, "text/calendar")
