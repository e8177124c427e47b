"""Seats offered to officers: who is written to, until when they may answer, and by which link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shared.calendar import (
    MONDAY_TO_FRIDAY,
    PlannedTime,
    WorkingCalendar,
    plan,
    working_days_after,
)
from shared.context import Work
from shared.contracts.event import Planned
from shared.contracts.registration import SeatOffered
from shared.focal_points import focal_points
from shared.ids import new_id
from shared.jobs import Later, cancel
from shared.jobs import plan as plan_jobs
from shared.refusals import NotYetKnown

from .loading import Stored, known_activity, parties, persons, several
from .tables import calendar, offer

LAST_MINUTE = time(23, 59)
EXPIRE = "expire_offer"
PURPOSE = "offer"


@dataclass(frozen=True)
class Seat:
    """A seat and the nomination that gets it; `replaces` is the offer that left it free."""

    number: int
    nomination: Stored
    replaces: UUID | None = None


@dataclass(frozen=True)
class KeptCalendar:
    """A working calendar, and in which of its states it is known."""

    calendar: WorkingCalendar
    sequence: int | None


async def offer_seats(work: Work, call: Stored, seats: Sequence[Seat]) -> list[SeatOffered]:
    """Offer each seat to its nominee. Raises `NotYetKnown` for a calendar or a channel."""
    activity = await known_activity(work, call["activity_id"])
    officers = await persons(work, [one.nomination["person_id"] for one in seats])
    known = await parties(work, {one.nomination["party"] for one in seats})
    calendars = await _calendars(work, officers, known)
    points = await focal_points(work, call["project_id"], list(known))
    rows, offered = [], []
    for seat in seats:
        officer = officers[seat.nomination["person_id"]]
        country = _country(officer, known)
        kept = calendars[country]
        answer_by = _answer_by(work, call, activity, kept.calendar)
        recipient = _recipient(activity, officer, points)
        counted = {
            "working_days": call["answer_working_days"],
            "calendar_country": country,
            "calendar_sequence": kept.sequence,
        }
        row = _row(work, call, seat, recipient, answer_by) | counted
        rows.append(row)
        offered.append(_offered(work, row, seat, activity, answer_by))
    await work.connection.execute(offer.insert(), rows)
    await plan_jobs(work, *(_expiry(row) for row in rows))
    return offered


async def close_offer(work: Work, row: Stored, state: str) -> None:
    """An offer is answered or ends; once not live it never is again."""
    ended = {"state": state, "answered_at": work.now}
    await work.connection.execute(offer.update().where(offer.c.id == row["id"]).values(**ended))
    if state != "expired":
        await cancel(work, EXPIRE, str(row["id"]))


def _country(officer: Stored, known: Mapping[str, Stored]) -> str | None:
    country = officer["calendar_country"] or known[officer["party"]]["calendar_country"]
    return str(country) if country else None


async def _calendars(
    work: Work, officers: Mapping[UUID, Stored], known: Mapping[str, Stored]
) -> Mapping[str | None, KeptCalendar]:
    """The calendars by country; who has no country keeps Monday to Friday."""
    countries = {_country(one, known) for one in officers.values()} - {None}
    query = select(calendar).where(calendar.c.country.in_(countries))
    found: dict[str | None, KeptCalendar] = {None: KeptCalendar(MONDAY_TO_FRIDAY, None)}
    for row in await several(work, query):
        working = WorkingCalendar.from_json(row["calendar"])
        found[row["country"]] = KeptCalendar(working, row["sequence"])
    missing = sorted(str(one) for one in countries - set(found))
    if missing:
        raise NotYetKnown(f"calendar {', '.join(missing)}")
    return found


def _answer_by(work: Work, call: Stored, activity: Stored, working: WorkingCalendar) -> PlannedTime:
    """The end of the nth working day of the officer's calendar, in the activity's zone; at the
    latest the end of the day before the activity."""
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    last = working_days_after(working, today, call["answer_working_days"])
    last = min(last, activity["starts_on"] - timedelta(days=1))
    return plan(datetime.combine(last, LAST_MINUTE), activity["zone"])


def _recipient(activity: Stored, officer: Stored, points: Mapping[str, Sequence[UUID]]) -> UUID:
    """The officer, or the holder of the channel where contact goes through it."""
    if officer["contact_directly"] and activity["visibility"] != "closed":
        direct: UUID = officer["id"]
        return direct
    holders = points.get(officer["party"])
    if not holders:
        raise NotYetKnown(f"channel {officer['party']}")
    return holders[0]


def _row(
    work: Work, call: Stored, seat: Seat, recipient: UUID, answer_by: PlannedTime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "call_id": call["id"],
        "seat": seat.number,
        "nomination_id": seat.nomination["id"],
        "person_id": seat.nomination["person_id"],
        "recipient_id": recipient,
        "state": "live",
        "offered_at": work.now,
        "disclosed_at": work.now,
        "answer_local": answer_by.local.isoformat(),
        "answer_zone": answer_by.zone,
        "answer_by": answer_by.instant,
        "answered_at": None,
        "replaces_offer_id": seat.replaces,
    }


def _offered(
    work: Work, row: dict[str, Any], seat: Seat, activity: Stored, answer_by: PlannedTime
) -> SeatOffered:
    through_others = row["recipient_id"] != row["person_id"]
    return SeatOffered(
        offer_id=row["id"],
        nomination_id=row["nomination_id"],
        call_id=row["call_id"],
        activity_id=activity["id"],
        party=seat.nomination["party"],
        person_id=row["person_id"],
        recipient_id=row["recipient_id"],
        officer_reference=seat.nomination["officer_reference"] if through_others else None,
        reference=activity["reference"],
        visibility=activity["visibility"],
        answer_by=Planned(local=answer_by.local, zone=answer_by.zone, instant=answer_by.instant),
        link=work.links.make(PURPOSE, row["id"], answer_by.instant),
    )


def _expiry(row: dict[str, Any]) -> Later:
    return Later(
        kind=EXPIRE,
        key=str(row["id"]),
        payload={"offer_id": str(row["id"])},
        due_at=row["answer_by"],
        person_id=row["person_id"],
    )
