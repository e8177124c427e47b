"""A nomination moves from one state to the next, and says so with the event of its new state."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam

from shared.context import Work
from shared.contracts.registration import (
    NominationConfirmed,
    NominationCorrected,
    NominationDeclined,
    NominationExpired,
    NominationIneligible,
    NominationNotSelected,
    NominationReplaced,
    NominationResubmitted,
    NominationReturned,
    NominationSelected,
    NominationState,
    NominationWaitlisted,
    NominationWithdrawn,
)

from ..domain.nomination import MoveNotOpen
from ..domain.nomination import NominationState as State
from ..domain.nomination import move as moved
from ..facts import nomination_fact
from ..loading import Stored
from ..refusals.nominations import NominationHasMoved
from ..seats.follow_up_data import end_follow_ups
from ..tables import nomination

EVENT_OF: dict[State, type[NominationState]] = {
    State.SELECTED: NominationSelected,
    State.WAITLISTED: NominationWaitlisted,
    State.CONFIRMED: NominationConfirmed,
    State.DECLINED: NominationDeclined,
    State.EXPIRED: NominationExpired,
    State.WITHDRAWN: NominationWithdrawn,
    State.REPLACED: NominationReplaced,
    State.RETURNED: NominationReturned,
    State.SUBMITTED: NominationResubmitted,
    State.INELIGIBLE: NominationIneligible,
    State.NOT_SELECTED: NominationNotSelected,
}
"""A nomination moves to `submitted` only from `returned`: its first submission is no move."""


async def move(
    work: Work, row: Stored, to: State, reason_code: str | None = None
) -> NominationState:
    """Save the new state of a nomination, and why; the event that tells it. Raises
    `NominationHasMoved`."""
    [told] = await move_all(work, [row], to, reason_code)
    return told


async def move_all(
    work: Work, rows: Sequence[Stored], to: State, reason_code: str | None = None
) -> list[NominationState]:
    """Save the new state of nominations, and why; the events that tell it. Raises
    `NominationHasMoved`."""
    changes = []
    for row in rows:
        if isinstance(moved(State(row["status"]), to), MoveNotOpen):
            raise NominationHasMoved(f"it is {row['status']}")
        confirmed_at = work.now if to is State.CONFIRMED else row["confirmed_at"]
        change = {"status": str(to), "confirmed_at": confirmed_at, "reason_code": reason_code}
        changes.append(change)
    seats_given_back = [row["id"] for row in rows if row["status"] == State.CONFIRMED]
    if seats_given_back:
        await end_follow_ups(work, seats_given_back)
    return await _save(work, EVENT_OF[to], rows, changes)


async def put_right(work: Work, row: Stored, change: Mapping[str, Any]) -> list[NominationState]:
    """Save what of a nomination is otherwise than submitted; nothing is told where nothing is."""
    if all(row[name] == value for name, value in change.items()):
        return []
    return await _save(work, NominationCorrected, [row], [change])


async def rank_anew(
    work: Work, rows: Sequence[Stored], priorities: Mapping[UUID, int]
) -> list[NominationState]:
    """Give nominations of one party other priorities, each once; two never have the same."""
    moving = [row for row in rows if priorities.get(row["id"], row["priority"]) != row["priority"]]
    out_of_the_way = nomination.c.id.in_([row["id"] for row in moving])
    aside = nomination.update().where(out_of_the_way).values(priority=-nomination.c.priority)
    await work.connection.execute(aside)
    changes = [{"priority": priorities[row["id"]]} for row in moving]
    return await _save(work, NominationCorrected, moving, changes)


async def _save(
    work: Work,
    kind: type[NominationState],
    rows: Sequence[Stored],
    changes: Sequence[Mapping[str, Any]],
) -> list[NominationState]:
    """Write one change for each row, all of the same columns."""
    if not rows:
        return []
    new = [
        {**row, **change, "version": row["version"] + 1}
        for row, change in zip(rows, changes, strict=True)
    ]
    named = (*changes[0], "version")
    places: dict[str, Any] = {name: bindparam(f"new_{name}") for name in named}
    statement = nomination.update().where(nomination.c.id == bindparam("new_id")).values(**places)
    parameters = [{f"new_{name}": row[name] for name in ("id", *named)} for row in new]
    await work.connection.execute(statement, parameters)
    return [nomination_fact(kind, row) for row in new]
