"""The officer is told of a seat that was theirs for some hours already."""

from uuid import UUID

from shared.context import Outcome, Work

from ..loading import has_begun, known_activity, locked_offer
from ..seats.offers import disclose
from .answers import end_unanswered


async def disclose_offer(work: Work, offer_id: UUID) -> Outcome:
    """Tell of an offer that still stands; once the activity has begun or is cancelled it ends, and
    nobody hears of it."""
    offer, nominated, held = await locked_offer(work, offer_id)
    if offer["state"] != "live" or offer["disclosed_at"] is not None:
        return None
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return await end_unanswered(work, offer, nominated, held)
    return [await disclose(work, held, offer, nominated)]
