"""Country calendars as people know them: what they write wins over the first values."""

from datetime import date, time
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from shared.calendar import CalendarIsMalformed, WorkingCalendar
from shared.context import Outcome, Work
from shared.contracts.scheduling import CalendarDescribed
from shared.database import lock_row
from shared.refusals import NotFound
from shared.web.body import Taken
from shared.web.problems import FieldsAreNotValid
from shared.web.versions import VersionHasMoved

from ..fields import Texts
from ..rights import require_coordinator_of_any
from ..tables import calendar

Weekday = Annotated[int, Field(ge=1, le=7)]


class WeekendTaken(Taken):
    """Rest days as ISO weekdays (Monday 1 to Sunday 7), in force from `starts` on."""

    starts: date
    days: Annotated[tuple[Weekday, ...], Field(max_length=6)]
    confirmed: bool = True


class HalfDaysTaken(Taken):
    """Offices close at `until`: on one weekday, or on every day of the span."""

    first: date
    last: date | None = None
    until: time
    weekday: Weekday | None = None


class HolidayTaken(Taken):
    """One day off; estimated until it is announced."""

    day: date
    names: Texts
    estimated: bool = False


class OfficeHoursTaken(Taken):
    """Local opening and closing time."""

    opens: time
    closes: time


class RamadanTaken(Taken):
    """First and last day of one Ramadan, and the office hours kept in it where known."""

    first: date
    last: date
    estimated: bool = True
    hours: OfficeHoursTaken | None = None


class DescribeCalendar(Taken):
    """The whole working calendar of a country."""

    weekends: Annotated[tuple[WeekendTaken, ...], Field(min_length=1, max_length=50)]
    half_days: Annotated[tuple[HalfDaysTaken, ...], Field(max_length=200)] = ()
    holidays: Annotated[tuple[HolidayTaken, ...], Field(max_length=2_000)] = ()
    ramadans: Annotated[tuple[RamadanTaken, ...], Field(max_length=200)] = ()


async def describe_calendar(
    work: Work, country: str, asked: DescribeCalendar, version: int
) -> Outcome:
    """Replace a country's calendar; later years are still added when something needs them."""
    await require_coordinator_of_any(work)
    await lock_row(work.connection, calendar, country=country)
    mine = calendar.c.country == country
    row = (await work.connection.execute(select(calendar).where(mine))).one_or_none()
    if row is None:
        raise NotFound
    if row.version != version:
        return VersionHasMoved()
    try:
        document = WorkingCalendar.from_json(asked.model_dump(mode="json")).to_json()
    except CalendarIsMalformed:
        return FieldsAreNotValid("This is not a working calendar.")
    values = {"calendar": document, "version": version + 1}
    await work.connection.execute(calendar.update().where(mine).values(values))
    return [CalendarDescribed(country=country, calendar=document)]
