"""Other runs offered to officers of a call who have no seat."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..loading import by_id
from ..rights import parties_seen, require_party_seen
from ..tables import call, run_offer


class RunOfferShown(BaseModel):
    """A place in another run. `call_id` is the call of the other activity; `state` is open,
    accepted, declined, expired, or ended with the nomination."""

    id: UUID
    nomination_id: UUID
    from_call_id: UUID
    call_id: UUID
    activity_id: UUID
    party: str
    state: str
    offered_at: datetime
    answer_local: datetime
    answer_zone: str
    answer_by: datetime
    answered_at: datetime | None
    made_nomination_id: UUID | None


async def show_run_offer(work: Work, run_offer_id: UUID) -> RunOfferShown:
    """One offer. Raises `NotFound` for another party's."""
    kept = await by_id(work, run_offer, run_offer_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    return RunOfferShown(**kept)


async def list_run_offers(work: Work, call_id: UUID, place: Place) -> Listed[RunOfferShown]:
    """What was offered to the nominees of a call; a focal point sees its own."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    query = select(run_offer).where(run_offer.c.from_call_id == call_id)
    if seen is not None:
        query = query.where(run_offer.c.party.in_(seen))
    return await listed(
        work.connection,
        query,
        place,
        order=(run_offer.c.offered_at, run_offer.c.id),
        show=lambda row: RunOfferShown(**row._mapping),
    )
