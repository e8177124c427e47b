"""The states of a run of the selection and the moves between them, as one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    PUBLISHED = "published"
    """Of a lottery: panels and chances can be read by all concerned, nothing is drawn yet."""
    PROPOSED = "proposed"
    APPROVED = "approved"
    CONCLUDED = "concluded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


State = RunState
_GIVEN_UP = (State.CANCELLED, State.SUPERSEDED)

RUN_MOVES: Mapping[RunState, tuple[RunState, ...]] = MappingProxyType(
    {
        State.WAITING: (State.RUNNING, State.FAILED, *_GIVEN_UP),
        State.RUNNING: (State.RUNNING, State.PUBLISHED, State.PROPOSED, State.FAILED, *_GIVEN_UP),
        State.PUBLISHED: (State.PROPOSED, *_GIVEN_UP),
        State.PROPOSED: (State.PROPOSED, State.APPROVED, State.CONCLUDED, *_GIVEN_UP),
        State.APPROVED: (State.PROPOSED, State.CONCLUDED, *_GIVEN_UP),
        State.CONCLUDED: (),
        State.FAILED: (),
        State.CANCELLED: (),
        State.SUPERSEDED: (),
    }
)
"""A run that is running may be taken up again; one approved that is changed is proposed anew."""


def may_become(state: str, to: RunState) -> bool:
    """Whether a run can move so."""
    return to in RUN_MOVES[State(state)]
