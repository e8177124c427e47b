"""Sessions as an iCalendar file (RFC 5545) for the reader's own calendar.

Such calendars are copied to phones and clouds: unless the activity is open, an entry carries the
reference, the time and the link, and what stands behind the link stays there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from sqlalchemy import Row

from shared.web.pages import localized

from .queries.timetable import Line


def calendar_file(
    of_activity: Row[Any], lines: Sequence[Line], *, page: str, language: str, made_at: datetime
) -> bytes:
    """One entry per session; a cancelled session takes its entry back."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cadre//Scheduling//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for line in lines:
        calendar.add_component(_entry(of_activity, line, page, language, made_at))
    margin = timedelta(days=366)
    calendar.add_missing_timezones(of_activity.starts_on - margin, of_activity.ends_on + margin)
    return bytes(calendar.to_ical())


def _entry(of_activity: Row[Any], line: Line, page: str, language: str, made_at: datetime) -> Event:
    session, zone = line.session, ZoneInfo(line.session.zone)
    entry = Event()
    entry.add("uid", f"{session.id}@cadre")
    entry.add("dtstamp", made_at)
    entry.add("sequence", session.version)
    entry.add("dtstart", session.starts_local.replace(tzinfo=zone))
    entry.add("dtend", session.ends_local.replace(tzinfo=zone))
    entry.add("status", "CANCELLED" if session.state == "cancelled" else "CONFIRMED")
    is_open = of_activity.visibility == "open"
    topic = localized(session.module, language) if is_open else str(session.number)
    entry.add("summary", f"{of_activity.reference} · {topic}")
    entry.add("url", page)
    entry.add("description", page)
    if is_open:
        entry.add("location", _place(line, language))
    return entry


def _place(line: Line, language: str) -> str:
    venue = line.venue
    names = [localized(venue.names, language), localized(venue.city, language)] if venue else []
    return ", ".join(one for one in (line.session.room, *names) if one)
