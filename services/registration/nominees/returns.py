"""Returned nominations: which still wait to be put right, and how that ends."""

from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration import IneligibilityAnnounced
from shared.jobs import cancel

from ..domain.nomination import NominationState
from ..loading import Stored, first
from ..tables import nomination_return
from .moves import move
from .notices import tell_focal_points

LAPSE = "lapse_return"
NOT_CORRECTED = "not-corrected-in-time"


async def open_return(work: Work, nomination_id: UUID) -> Stored | None:
    """What a nomination was returned for, while it may be put right."""
    mine = nomination_return.c.nomination_id == nomination_id
    return await first(
        work, select(nomination_return).where(mine, nomination_return.c.outcome == "open")
    )


async def returns_are_open(work: Work, call_id: UUID) -> bool:
    """Whether a nomination of a call may still be put right."""
    query = select(nomination_return.c.id).where(
        nomination_return.c.call_id == call_id, nomination_return.c.outcome == "open"
    )
    return await first(work, query.limit(1)) is not None


async def settle_return(work: Work, nomination_id: UUID, outcome: str) -> None:
    """A return ends; nothing where none is open."""
    mine = await open_return(work, nomination_id)
    if mine is None:
        return
    ended = {"outcome": outcome, "settled_at": work.now}
    this = nomination_return.c.id == mine["id"]
    await work.connection.execute(nomination_return.update().where(this).values(**ended))
    if outcome != "lapsed":
        await cancel(work, LAPSE, str(mine["id"]))


async def find_ineligible(
    work: Work, held: Stored, nominated: Stored, reason_code: str
) -> list[Event]:
    """A nomination takes no part in the selection; its focal points are told why."""
    ended = await move(work, nominated, NominationState.INELIGIBLE, reason_code)
    kind = IneligibilityAnnounced
    told = await tell_focal_points(work, kind, held, nominated, reason_code=reason_code)
    return [ended, *told]
