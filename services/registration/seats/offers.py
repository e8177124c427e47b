"""Seats offered to officers: held at once, told when the call says so, open until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.context import Work
from shared.contracts.event import Planned
from shared.contracts.registration import SeatOffered
from shared.ids import new_id
from shared.jobs import Later, cancel, plan

from ..loading import Stored
from ..screening.standing import require_seatable
from ..tables import offer
from .terms import OfferTerms, offer_terms

EXPIRE = "expire_offer"
DISCLOSE = "disclose_offer"
PURPOSE = "offer"


@dataclass(frozen=True)
class Seat:
    """A seat and the nomination that gets it; `replaces` is the offer that left it free."""

    number: int
    nomination: Stored
    replaces: UUID | None = None


async def offer_seats(work: Work, call: Stored, seats: Sequence[Seat]) -> list[SeatOffered]:
    """Offer each seat to its nominee; the events for those who are told now. Raises
    `NotYetKnown` for a calendar or a channel, and `SeatCannotBeOfferedNow` where one is not cleared
    whom the project has screened."""
    await require_seatable(work, call, [one.nomination for one in seats])
    terms = await offer_terms(work, call, [one.nomination for one in seats])
    nominated = {one.nomination["id"]: one.nomination for one in seats}
    rows = [_row(work, seat, terms) for seat in seats]
    await work.connection.execute(offer.insert(), rows)
    told = [row for row in rows if row["disclosed_at"] is not None]
    await plan(work, *(_of_offer(EXPIRE, row, row["answer_by"]) for row in told))
    later = [
        _of_offer(DISCLOSE, row, terms.told_at(nominated[row["nomination_id"]], work.now))
        for row in rows
        if row["disclosed_at"] is None
    ]
    await plan(work, *later)
    return [_offered(work, row, nominated[row["nomination_id"]], terms.activity) for row in told]


async def disclose(work: Work, call: Stored, row: Stored, nomination: Stored) -> SeatOffered:
    """Tell of an offer that holds its seat already; the time to answer counts from now."""
    terms = await offer_terms(work, call, [nomination])
    told = {
        "recipient_id": terms.recipient(nomination),
        "disclosed_at": work.now,
        **terms.answer_by(nomination, work.now),
    }
    await work.connection.execute(offer.update().where(offer.c.id == row["id"]).values(**told))
    await plan(work, _of_offer(EXPIRE, row, told["answer_by"]))
    return _offered(work, {**row, **told}, nomination, terms.activity)


async def close_offer(work: Work, row: Stored, state: str) -> None:
    """An offer is answered or ends; once not live it never is again, and who was not told of it
    never is."""
    ended = {"state": state, "answered_at": work.now}
    await work.connection.execute(offer.update().where(offer.c.id == row["id"]).values(**ended))
    if state != "expired":
        await cancel(work, EXPIRE, str(row["id"]))
        await cancel(work, DISCLOSE, str(row["id"]))


def _row(work: Work, seat: Seat, terms: OfferTerms) -> dict[str, Any]:
    told_at = terms.told_at(seat.nomination, work.now)
    return {
        "id": new_id(),
        "call_id": terms.call["id"],
        "seat": seat.number,
        "nomination_id": seat.nomination["id"],
        "person_id": seat.nomination["person_id"],
        "recipient_id": terms.recipient(seat.nomination),
        "state": "live",
        "offered_at": work.now,
        "disclosed_at": work.now if told_at <= work.now else None,
        **terms.answer_by(seat.nomination, told_at),
        "answered_at": None,
        "replaces_offer_id": seat.replaces,
    }


def _offered(work: Work, row: dict[str, Any], nomination: Stored, activity: Stored) -> SeatOffered:
    through_others = row["recipient_id"] != row["person_id"]
    answer_by = Planned(
        local=datetime.fromisoformat(row["answer_local"]),
        zone=row["answer_zone"],
        instant=row["answer_by"],
    )
    return SeatOffered(
        offer_id=row["id"],
        nomination_id=row["nomination_id"],
        call_id=row["call_id"],
        activity_id=activity["id"],
        party=nomination["party"],
        person_id=row["person_id"],
        recipient_id=row["recipient_id"],
        officer_reference=nomination["officer_reference"] if through_others else None,
        reference=activity["reference"],
        visibility=activity["visibility"],
        answer_by=answer_by,
        link=work.links.make(PURPOSE, row["id"], answer_by.instant),
    )


def _of_offer(kind: str, row: dict[str, Any], due_at: datetime) -> Later:
    key = str(row["id"])
    return Later(kind, key, {"offer_id": key}, due_at, row["person_id"])
