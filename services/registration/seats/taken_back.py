"""A seat is taken away from an officer who knew of it, and they are told once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.context import Work
from shared.contracts.registration import SeatTakenBack

from ..calls.terms import start_of
from ..loading import Stored, by_id, known_activity, standing_offer
from ..tables import person
from .offers import PURPOSE


async def tell_who_loses_a_seat(work: Work, call: Stored, nominated: Stored) -> list[SeatTakenBack]:
    """The officer of a standing offer, who has not given the seat back themselves; nobody where
    contact goes through the focal point, who did, and where the offer was not told of yet."""
    offer = await standing_offer(work, nominated["id"])
    if offer is None or offer["disclosed_at"] is None:
        return []
    activity = await known_activity(work, call["activity_id"])
    officer = await by_id(work, person, offer["person_id"])
    was_told = offer["recipient_id"] == officer["id"]
    if not was_told or not officer["contact_directly"] or activity["visibility"] == "closed":
        return []
    return [taken_back(work, offer, nominated, activity, officer["id"], activity_takes_place=True)]


def taken_back(
    work: Work,
    offer: Mapping[str, Any],
    nominated: Stored,
    activity: Stored,
    recipient_id: UUID,
    *,
    activity_takes_place: bool,
) -> SeatTakenBack:
    """The event for one recipient; its link shows the offer until the activity ends."""
    through_others = recipient_id != offer["person_id"]
    return SeatTakenBack(
        offer_id=offer["id"],
        nomination_id=nominated["id"],
        call_id=offer["call_id"],
        activity_id=activity["id"],
        party=nominated["party"],
        person_id=offer["person_id"],
        recipient_id=recipient_id,
        officer_reference=nominated["officer_reference"] if through_others else None,
        reference=activity["reference"],
        visibility=activity["visibility"],
        link=work.links.make(PURPOSE, offer["id"], start_of(activity, activity["ends_on"])),
        activity_takes_place=activity_takes_place,
    )
