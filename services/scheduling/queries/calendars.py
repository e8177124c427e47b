"""Country calendars as shown."""

from typing import Any

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.refusals import NotFound

from ..tables import calendar


class CalendarShown(BaseModel):
    """The working calendar of a country; `years` are those whose holidays are in it."""

    country: str
    years: list[int]
    weekends: list[dict[str, Any]]
    half_days: list[dict[str, Any]]
    holidays: list[dict[str, Any]]
    ramadans: list[dict[str, Any]]
    version: int


async def show_calendar(work: Work, country: str) -> CalendarShown:
    """A country's calendar. Raises `NotFound`."""
    query = select(calendar).where(calendar.c.country == country)
    row = (await work.connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return CalendarShown(country=country, years=row.years, version=row.version, **row.calendar)
