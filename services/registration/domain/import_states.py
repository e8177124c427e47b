"""The states of an import and the moves between them, as one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ImportState(StrEnum):
    READING = "reading"
    READ = "read"
    """Everything is known that it would do, and nothing is done."""
    WRITING = "writing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"


State = ImportState

IMPORT_MOVES: Mapping[ImportState, tuple[ImportState, ...]] = MappingProxyType(
    {
        State.READING: (State.READ, State.DISCARDED),
        State.READ: (State.WRITING, State.DISCARDED),
        State.WRITING: (State.DONE, State.READ),
        State.DONE: (State.UNDOING,),
        State.UNDOING: (State.UNDONE, State.DONE),
        State.UNDONE: (),
        State.DISCARDED: (),
    }
)
"""What could not be written is as it was when it was read; what could not be undone stays done."""


def may_become(state: str, to: ImportState) -> bool:
    """Whether an import can move so."""
    return to in IMPORT_MOVES[State(state)]
