"""The terms of an offer: who is written to, when the officer is told, until when to answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shared.calendar import MONDAY_TO_FRIDAY, WorkingCalendar, working_days_after
from shared.context import Work
from shared.focal_points import focal_points
from shared.refusals import NotYetKnown

from ..calls.deadlines import end_of_day
from ..loading import (
    Stored,
    known_activity,
    parties,
    persons,
    several,
)
from ..tables import calendar


@dataclass(frozen=True)
class KeptCalendar:
    """A working calendar, and in which of its states it is known."""

    calendar: WorkingCalendar
    sequence: int | None


@dataclass(frozen=True)
class OfferTerms:
    """What offers of one call are made by."""

    call: Stored
    activity: Stored
    officers: Mapping[UUID, Stored]
    parties: Mapping[str, Stored]
    calendars: Mapping[str | None, KeptCalendar]
    points: Mapping[str, Sequence[UUID]]

    def recipient(self, nomination: Stored) -> UUID:
        """The officer, or the holder of the channel where contact goes through it. Raises
        `NotYetKnown`."""
        officer = self.officers[nomination["person_id"]]
        if officer["contact_directly"] and self.activity["visibility"] != "closed":
            direct: UUID = officer["id"]
            return direct
        holders = self.points.get(officer["party"])
        if not holders:
            raise NotYetKnown(f"channel {officer['party']}")
        return holders[0]

    def told_at(self, nomination: Stored, now: datetime) -> datetime:
        """When who is written to is told: officers some hours after the focal points, but at once
        where that would leave them less than the last day before the activity."""
        if self.recipient(nomination) != nomination["person_id"]:
            return now
        later = now + timedelta(hours=self.call["disclosure_hours"])
        eve = self.activity["starts_on"] - timedelta(days=1)
        last = datetime.combine(eve, time(), ZoneInfo(self.activity["zone"]))
        return later if later <= last else now

    def answer_by(self, nomination: Stored, told_at: datetime) -> dict[str, Any]:
        """The end of the nth working day of the officer's calendar after they are told, in the
        activity's zone; at the latest the end of the day before the activity."""
        country = country_of(self.officers[nomination["person_id"]], self.parties)
        kept = self.calendars[country]
        today = told_at.astimezone(ZoneInfo(self.activity["zone"])).date()
        last = working_days_after(kept.calendar, today, self.call["answer_working_days"])
        last = min(last, self.activity["starts_on"] - timedelta(days=1))
        planned = end_of_day(last, self.activity["zone"])
        return {
            "answer_local": planned.local.isoformat(),
            "answer_zone": planned.zone,
            "answer_by": planned.instant,
            "working_days": self.call["answer_working_days"],
            "calendar_country": country,
            "calendar_sequence": kept.sequence,
        }


async def offer_terms(work: Work, call: Stored, nominations: Collection[Stored]) -> OfferTerms:
    """The terms of offers to these nominees. Raises `NotYetKnown` for a calendar."""
    officers = await persons(work, [one["person_id"] for one in nominations])
    known = await parties(work, {one["party"] for one in nominations})
    return OfferTerms(
        call=call,
        activity=await known_activity(work, call["activity_id"]),
        officers=officers,
        parties=known,
        calendars=await _calendars(work, officers, known),
        points=await focal_points(work, call["project_id"], list(known)),
    )


def country_of(officer: Stored, known: Mapping[str, Stored]) -> str | None:
    """Whose working week an officer keeps."""
    country = officer["calendar_country"] or known[officer["party"]]["calendar_country"]
    return str(country) if country else None


async def _calendars(
    work: Work, officers: Mapping[UUID, Stored], known: Mapping[str, Stored]
) -> Mapping[str | None, KeptCalendar]:
    """The calendars by country; who has no country keeps Monday to Friday."""
    countries = {country_of(one, known) for one in officers.values()} - {None}
    query = select(calendar).where(calendar.c.country.in_(countries))
    found: dict[str | None, KeptCalendar] = {None: KeptCalendar(MONDAY_TO_FRIDAY, None)}
    for row in await several(work, query):
        working = WorkingCalendar.from_json(row["calendar"])
        found[row["country"]] = KeptCalendar(working, row["sequence"])
    missing = sorted(str(one) for one in countries - set(found))
    if missing:
        raise NotYetKnown(f"calendar {', '.join(missing)}")
    return found
