"""How the file of an import of nominations is read: in a stream, for whom it nominates."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO

from shared.context import Work

from ..loading import Stored, by_id
from ..nominees.nominating import nominating_of
from ..roster.reading import Reading
from ..tables import call
from .across_rows import compare_rows
from .limits import MOST_ROWS
from .problems import keep_problems
from .rows import Read, keep_rows


async def opened(work: Work, imported: Stored) -> Callable[[BinaryIO], Reading]:
    """Reads a file for the party, or for all that the call invites."""
    held = await by_id(work, call, imported["call_id"])
    nominating = await nominating_of(work, held, imported["party"])
    return partial(Reading, nominating=nominating, most_rows=MOST_ROWS)


async def keep(work: Work, imported: Stored, batch: Sequence[Read]) -> None:
    """Keep some rows."""
    await keep_rows(work, imported["id"], batch, imported["kept_until"])


async def read_whole(work: Work, imported: Stored, reading: Reading) -> Mapping[str, Any]:
    """All rows are kept: compare them, and note how they were written."""
    letters = dict(reading.header.letters)
    await keep_problems(work, imported["id"], reading.problems, imported["kept_until"])
    await compare_rows(work, {**imported, "letters": letters})
    return {
        "encoding": reading.opened.encoding,
        "delimiter": reading.opened.delimiter,
        "letters": letters,
    }
