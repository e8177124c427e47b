"""The states of a nomination and the moves between them, as one table.

Who has a seat is `not_selected` after all only where the call ends without its activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class NominationState(StrEnum):
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    INELIGIBLE = "ineligible"
    RETURNED = "returned"
    SELECTED = "selected"
    WAITLISTED = "waitlisted"
    NOT_SELECTED = "not_selected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


State = NominationState

MOVES: Mapping[NominationState, tuple[NominationState, ...]] = MappingProxyType(
    {
        State.DRAFTED: (State.SUBMITTED, State.WITHDRAWN),
        State.SUBMITTED: (
            State.INELIGIBLE,
            State.RETURNED,
            State.SELECTED,
            State.WAITLISTED,
            State.NOT_SELECTED,
            State.WITHDRAWN,
            State.REPLACED,
        ),
        State.RETURNED: (
            State.SUBMITTED,
            State.INELIGIBLE,
            State.NOT_SELECTED,
            State.WITHDRAWN,
        ),
        State.SELECTED: (
            State.CONFIRMED,
            State.DECLINED,
            State.EXPIRED,
            State.NOT_SELECTED,
            State.WITHDRAWN,
            State.REPLACED,
        ),
        State.WAITLISTED: (State.SELECTED, State.NOT_SELECTED, State.WITHDRAWN),
        State.CONFIRMED: (State.NOT_SELECTED, State.WITHDRAWN, State.REPLACED),
        State.INELIGIBLE: (),
        State.NOT_SELECTED: (),
        State.DECLINED: (),
        State.EXPIRED: (),
        State.WITHDRAWN: (),
        State.REPLACED: (),
    }
)

HOLDING_A_SEAT = frozenset({State.SELECTED, State.CONFIRMED})
NO_LONGER_STANDING = frozenset({State.WITHDRAWN, State.REPLACED})


@dataclass(frozen=True)
class MoveNotOpen:
    """The business no: from here the nomination can move to `open_moves` only."""

    state: NominationState
    to: NominationState
    open_moves: tuple[NominationState, ...]


def move(state: NominationState, to: NominationState) -> NominationState | MoveNotOpen:
    return to if to in MOVES[state] else MoveNotOpen(state, to, MOVES[state])


def is_final(state: NominationState) -> bool:
    return not MOVES[state]


def holds_a_seat(state: NominationState) -> bool:
    """Offered or confirmed: the seat is not free."""
    return state in HOLDING_A_SEAT
