"""Imports of past participations, as a kind of imports."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from sqlalchemy import select

from shared.context import Work

from ..domain.import_states import ImportState
from ..imports.kinds import Kind, Way
from ..imports.problems import keep_problems
from ..loading import Stored
from ..tables import history_import, history_row, participation
from .grounds import locked_import
from .judging import judging
from .kept_rows import keep_rows
from .layout import digest_of
from .sheet import PastSheet
from .writing import conclude_undoing, conclude_writing, undo_some, write_some

READ, WRITE, UNDO = "read_history", "write_history", "undo_history"
"""The jobs of the steps that are asked for; each goes on with those that follow."""
STEPS = (READ, WRITE, UNDO, "drop_history_import")
"""The last was planned by earlier versions, and finds nothing to do: rows go by themselves."""
COUNTS = participation.c.withdrawn_at.is_(None)


async def opened(_work: Work, _imported: Stored) -> Callable[[BinaryIO], PastSheet]:
    """Reads a file of any layout."""
    return PastSheet


async def read_whole(work: Work, imported: Stored, sheet: PastSheet) -> Mapping[str, Any]:
    """All rows are kept: note the headings, by which files alike are known again."""
    await keep_problems(work, imported["id"], sheet.problems, imported["kept_until"])
    headings = list(sheet.headings)
    digest = digest_of(headings)
    return {"headings": headings, "layout_digest": digest, "rows": imported["rows_read"]}


PAST = Kind(
    imports=history_import,
    rows=history_row,
    locked=locked_import,
    opened=opened,
    keep=keep_rows,
    read_whole=read_whole,
    ways=MappingProxyType(
        {
            ImportState.JUDGING: judging,
            ImportState.WRITING: Way(write_some, conclude_writing),
            ImportState.UNDOING: Way(undo_some, conclude_undoing, COUNTS, participation),
        }
    ),
    made=select(participation.c.row, participation.c.person_id, participation.c.import_id).where(
        participation.c.made_person
    ),
)
