"""The states of an import and the moves between them, as one table for every kind."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ImportState(StrEnum):
    READING = "reading"
    JUDGING = "judging"
    """All rows are kept, and held against what is known now."""
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
        State.READING: (State.JUDGING, State.DISCARDED),
        State.JUDGING: (State.READ, State.WRITING, State.DISCARDED),
        State.READ: (State.JUDGING, State.WRITING, State.DISCARDED),
        State.WRITING: (State.DONE, State.READ, State.UNDOING),
        State.DONE: (State.UNDOING,),
        State.UNDOING: (State.UNDONE, State.DONE),
        State.UNDONE: (),
        State.DISCARDED: (),
    }
)
"""An import is judged after it was read, and again whenever what it is held against was changed,
also once it is confirmed. Where nothing could be written it is as when it was read; one that
is half written may be undone; what could not be undone stays done."""

WAITING = (State.READING, State.JUDGING, State.READ)
"""Nothing is done yet."""
ENDED = (State.DISCARDED, State.UNDONE)


def may_become(state: str, to: ImportState) -> bool:
    """Whether an import can move so."""
    return to in IMPORT_MOVES[State(state)]
