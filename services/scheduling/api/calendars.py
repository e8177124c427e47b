"""Country calendars."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path
from fastapi.responses import Response

from shared.context import Audited
from shared.refusals import NotAllowed, NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..commands import calendars as commands
from ..commands.calendars import DescribeCalendar
from ..queries import calendars as queries
from ..queries.calendars import CalendarShown
from ..refusals import NotAssigned

routes = router()
_Country = Annotated[str, Path(pattern="^[A-Z]{2}$")]


@routes.get("/calendars/{country}", responses=documented(NotFound))
async def read_calendar(asked: AskedBy, country: _Country, response: Response) -> CalendarShown:
    """The working week, holidays and Ramadan of a country that a party or an activity keeps."""
    shown = await asked.read(partial(queries.show_calendar, country=country))
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.put(
    "/calendars/{country}",
    response_model=CalendarShown,
    responses=documented(NotAllowed, NotAssigned, NotFound, VersionIsMissing, VersionHasMoved),
)
async def describe_calendar(
    asked: AskedBy,
    country: _Country,
    calendar: Annotated[DescribeCalendar, Depends(JsonBody(DescribeCalendar))],
) -> Response:
    """Replace a country's calendar: what people know wins over first values (coordinator of
    any project)."""
    version = asked.expected_version
    return await asked.perform(
        partial(commands.describe_calendar, country=country, asked=calendar, version=version),
        audited=Audited("describe-calendar", f"calendar/{country}"),
        show=partial(queries.show_calendar, country=country),
    )
