"""A nomination moves from one state to the next, and says so with the event of its new state."""

from typing import Any

from shared.context import Work
from shared.contracts.registration import (
    NominationConfirmed,
    NominationDeclined,
    NominationExpired,
    NominationReplaced,
    NominationSelected,
    NominationState,
    NominationWaitlisted,
    NominationWithdrawn,
)

from .domain.nomination import MoveNotOpen
from .domain.nomination import NominationState as State
from .domain.nomination import move as moved
from .facts import nomination_fact
from .loading import Stored
from .refusals.nominations import NominationHasMoved
from .tables import nomination

EVENT_OF: dict[State, type[NominationState]] = {
    State.SELECTED: NominationSelected,
    State.WAITLISTED: NominationWaitlisted,
    State.CONFIRMED: NominationConfirmed,
    State.DECLINED: NominationDeclined,
    State.EXPIRED: NominationExpired,
    State.WITHDRAWN: NominationWithdrawn,
    State.REPLACED: NominationReplaced,
}


async def move(work: Work, row: Stored, to: State) -> NominationState:
    """Save the new state of a nomination; the event that tells it. Raises `NominationHasMoved`."""
    if isinstance(moved(State(row["status"]), to), MoveNotOpen):
        raise NominationHasMoved(f"it is {row['status']}")
    changed: dict[str, Any] = {"status": str(to), "version": row["version"] + 1}
    if to is State.CONFIRMED:
        changed["confirmed_at"] = work.now
    mine = nomination.c.id == row["id"]
    await work.connection.execute(nomination.update().where(mine).values(**changed))
    return nomination_fact(EVENT_OF[to], {**row, **changed})
