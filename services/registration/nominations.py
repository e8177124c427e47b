"""A nomination moves from one state to the next, and says so with the event of its new state."""

from collections.abc import Sequence

from sqlalchemy import bindparam

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
    [told] = await move_all(work, [row], to)
    return told


async def move_all(work: Work, rows: Sequence[Stored], to: State) -> list[NominationState]:
    """Save the new state of nominations; the events that tell it. Raises `NominationHasMoved`."""
    changed = [_changed(work, row, to) for row in rows]
    if changed:
        mine = nomination.update().where(nomination.c.id == bindparam("key"))
        await work.connection.execute(
            mine.values(
                status=bindparam("to"), version=bindparam("next"), confirmed_at=bindparam("at")
            ),
            [
                {
                    "key": one["id"],
                    "to": one["status"],
                    "next": one["version"],
                    "at": one["confirmed_at"],
                }
                for one in changed
            ],
        )
    return [nomination_fact(EVENT_OF[to], row) for row in changed]


def _changed(work: Work, row: Stored, to: State) -> Stored:
    if isinstance(moved(State(row["status"]), to), MoveNotOpen):
        raise NominationHasMoved(f"it is {row['status']}")
    confirmed_at = work.now if to is State.CONFIRMED else row["confirmed_at"]
    changed = {"status": str(to), "version": row["version"] + 1, "confirmed_at": confirmed_at}
    return {**row, **changed}
