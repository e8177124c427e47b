"""What the kinds of imports differ in; the steps are the same for all of them."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table

from shared.context import Work
from shared.contracts import Event

from ..domain.import_states import ImportState
from ..loading import Stored


class Source(Protocol):
    """The rows of a file, one after another; about how many there are."""

    @property
    def total(self) -> int: ...

    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Way:
    """One way through the rows of an import, while it is in one state.

    `some` works on some rows, in a transaction of their own, and answers the events it causes, or
    None where it moved the import on by itself; `conclude` moves it on when no rows are left."""

    some: Callable[[Work, Stored, Sequence[Stored]], Awaitable[Sequence[Event] | None]]
    conclude: Callable[[Work, Stored], Awaitable[Stored]]
    rows: ColumnElement[bool] | None = None
    """Which rows it is through; none: all of them."""
    table: Table | None = None
    """Where they are; none: with the rows of the file."""
    think: Callable[[Sequence[Stored]], None] | None = None
    """Works on the rows before the transaction, in a thread."""
    afresh: bool = False
    """It holds in memory what it knows of the rows before: who takes it up again begins anew."""


@dataclass(frozen=True)
class Kind:
    """One kind of import: where it is kept, and what its steps do.

    `locked` loads an import and holds it. `opened` says how its file is read; `keep` keeps some
    rows of it, and `read_whole` answers what is to be noted of it when there are no more. `ways` go
    through the rows, by state; one that depends on the import is begun for it. `made` finds the
    persons whom an import that is taken back had made known, by the rows they were in."""

    imports: Table
    rows: Table
    locked: Callable[[Work, UUID], Awaitable[Stored]]
    opened: Callable[[Work, Stored], Awaitable[Callable[[BinaryIO], Source]]]
    keep: Callable[[Work, Stored, Sequence[Any]], Awaitable[None]]
    read_whole: Callable[[Work, Stored, Any], Awaitable[Mapping[str, Any]]]
    ways: Mapping[ImportState, Way | Callable[[Work, Stored], Awaitable[Way]]]
    made: Select[tuple[int, UUID, UUID]]

    async def way(self, work: Work, imported: Stored) -> Way:
        """The way through the rows that belongs to the state of an import."""
        found = self.ways[ImportState(imported["state"])]
        return found if isinstance(found, Way) else await found(work, imported)
