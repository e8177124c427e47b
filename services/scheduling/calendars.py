"""Country calendars: seeded once, from then on people's own; years are added when needed.

The library that seeds them is loaded with the first one: most processes never need it.
"""

from collections.abc import Collection
from datetime import date
from importlib import import_module
from typing import Any

from sqlalchemy import select

from shared.calendar import MONDAY_TO_FRIDAY, WorkingCalendar
from shared.context import Work
from shared.contracts import Event
from shared.contracts.scheduling import CalendarDescribed
from shared.database import insert_new, lock_row

from .tables import calendar


async def have_calendar(
    work: Work, country: str | None, first: date | None = None, last: date | None = None
) -> list[Event]:
    """See to it that a country's calendar is there, for the years around the story's and those of
    a span of days; the event, where one was made or grew."""
    if country is None:
        return []
    wanted = _years(work.now.date(), first, last)
    first_one = {"country": country, "calendar": {}, "years": [], "version": 0}
    await insert_new(work.connection, calendar, [first_one])
    await lock_row(work.connection, calendar, country=country)
    query = select(calendar).where(calendar.c.country == country)
    row = (await work.connection.execute(query)).one()
    missing = sorted(wanted - set(row.years))
    if not missing:
        return []
    grown = _grown(country, row.calendar, missing)
    values = {"calendar": grown, "years": sorted({*row.years, *missing})}
    await work.connection.execute(
        calendar.update()
        .where(calendar.c.country == country)
        .values(**values, version=row.version + 1)
    )
    return [CalendarDescribed(country=country, calendar=grown)]


def _years(today: date, first: date | None, last: date | None) -> set[int]:
    around = set(range(today.year - 1, today.year + 3))
    return around | set(range((first or today).year, (last or first or today).year + 1))


def _grown(country: str, document: dict[str, Any], years: Collection[int]) -> dict[str, Any]:
    """A calendar with the holidays and Ramadans of more years; what people wrote stays."""
    years, seed = sorted(years), import_module(".calendar_seed", __package__)
    try:
        seeded: WorkingCalendar = seed.seed_calendar(country, range(years[0], years[-1] + 1))
    except seed.CountryIsNotKnown:
        seeded = MONDAY_TO_FRIDAY
    if not document:
        return seeded.to_json()
    kept = WorkingCalendar.from_json(document)
    known = {ramadan.first for ramadan in kept.ramadans}
    holidays = [holiday for holiday in seeded.holidays if holiday.day.year in years]
    ramadans = [ramadan for ramadan in seeded.ramadans if ramadan.first not in known]
    return WorkingCalendar(
        weekends=kept.weekends,
        half_days=kept.half_days,
        holidays=tuple(sorted((*kept.holidays, *holidays), key=lambda one: one.day)),
        ramadans=tuple(sorted((*kept.ramadans, *ramadans), key=lambda one: one.first)),
    ).to_json()
