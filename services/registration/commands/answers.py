"""Answers to offers: by the signed link, or by the focal point where contact goes through them."""

from typing import Literal
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import OfferEndAnnounced, SeatFreed
from shared.refusals import Refused
from shared.rights import require_channel

from ..domain.nomination import NominationState
from ..loading import (
    Stored,
    by_id,
    locked_nomination,
    locked_offer,
    standing_offer,
)
from ..nominees.moves import move
from ..nominees.notices import tell_focal_points
from ..refusals.seats import AnswerIsTheOfficers, OfferIsNotLive
from ..screening.standing import require_seatable
from ..seats.follow_ups import ask_follow_up
from ..seats.offers import PURPOSE, close_offer
from ..tables import nomination

Answer = Literal["accept", "decline"]


async def answer_by_link(work: Work, code: str, answer: Answer) -> Outcome:
    """Who holds the link of an offer accepts or declines it."""
    offer_id = work.links.check(PURPOSE, code, work.now)
    offer, nominated, held = await locked_offer(work, offer_id)
    return await _settle(work, offer, nominated, held, answer)


async def answer_for_officer(work: Work, nomination_id: UUID, answer: Answer) -> Outcome:
    """The focal point answers for an officer to whom it was written through them."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    nominated, held = await locked_nomination(work, nomination_id)
    offer = await standing_offer(work, nomination_id)
    if offer is None:
        return OfferIsNotLive()
    if offer["recipient_id"] == offer["person_id"]:
        return AnswerIsTheOfficers()
    return await _settle(work, offer, nominated, held, answer)


async def expire_offer(work: Work, offer_id: UUID) -> Outcome:
    """An offer not answered in time ends, and its seat is free."""
    offer, nominated, held = await locked_offer(work, offer_id)
    if offer["state"] != "live" or work.now < offer["answer_by"]:
        return None
    return await end_unanswered(work, offer, nominated, held)


async def end_unanswered(work: Work, offer: Stored, nominated: Stored, held: Stored) -> list[Event]:
    """An offer ends that nobody answered; its seat is free, and the focal points hear of it."""
    await close_offer(work, offer, "expired")
    expired = await move(work, nominated, NominationState.EXPIRED)
    told = await tell_focal_points(work, OfferEndAnnounced, held, nominated, reason="expired")
    return [expired, freed(held, offer, nominated, "expired"), *told]


def freed(
    held: Stored,
    offer: Stored,
    nominated: Stored,
    reason: Literal["declined", "expired", "withdrawn"],
) -> SeatFreed:
    """The seat of an offer that ended is free."""
    return SeatFreed(
        call_id=held["id"], offer_id=offer["id"], party=nominated["party"], reason=reason
    )


async def _settle(
    work: Work, offer: Stored, nominated: Stored, held: Stored, answer: Answer
) -> Outcome:
    wrong = _check(work, offer)
    if wrong:
        return wrong
    if answer == "accept":
        await require_seatable(work, held, [nominated])
        await close_offer(work, offer, "accepted")
        confirmed = await move(work, nominated, NominationState.CONFIRMED)
        return [confirmed, *await ask_follow_up(work, held, nominated, offer["recipient_id"])]
    await close_offer(work, offer, "declined")
    declined = await move(work, nominated, NominationState.DECLINED)
    events: list[Event] = [declined, freed(held, offer, nominated, "declined")]
    if offer["recipient_id"] == offer["person_id"]:
        events += await tell_focal_points(
            work, OfferEndAnnounced, held, nominated, reason="declined"
        )
    return events


def _check(work: Work, offer: Stored) -> Refused | None:
    if offer["state"] == "live" and work.now <= offer["answer_by"]:
        return None
    state = "expired" if offer["state"] == "live" else offer["state"]
    return OfferIsNotLive(f"it is {state}")
