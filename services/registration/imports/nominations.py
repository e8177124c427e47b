"""Imports of nominations into a call, as a kind of imports."""

from types import MappingProxyType

from sqlalchemy import select

from shared.context import Work

from ..domain.import_states import ImportState
from ..loading import Stored
from ..tables import roster_import, roster_import_row
from .checking import conclude_judging, judge_some
from .kinds import Kind, Way
from .limits import ROWS_READ_AT_ONCE
from .reading import keep, opened, read_whole
from .standing import locked_by_itself
from .undoing import MADE, conclude_undoing, undo_some
from .writing import TO_BE_WRITTEN, WRITTEN, conclude_writing, write_some

JUDGING = Way(judge_some, conclude_judging, at_once=ROWS_READ_AT_ONCE)
WRITING = Way(write_some, conclude_writing, TO_BE_WRITTEN)
UNDOING = Way(undo_some, conclude_undoing, WRITTEN)


async def judging(_work: Work, _imported: Stored) -> Way:
    """Every row is judged as things stand."""
    return JUDGING


async def writing(_work: Work, _imported: Stored) -> Way:
    """Whom the rows name is nominated."""
    return WRITING


async def undoing(_work: Work, _imported: Stored) -> Way:
    """What was nominated is withdrawn."""
    return UNDOING


NOMINATIONS = Kind(
    imports=roster_import,
    rows=roster_import_row,
    locked=locked_by_itself,
    opened=opened,
    keep=keep,
    read_whole=read_whole,
    ways=MappingProxyType(
        {
            ImportState.JUDGING: judging,
            ImportState.WRITING: writing,
            ImportState.UNDOING: undoing,
        }
    ),
    made=select(
        roster_import_row.c.row, roster_import_row.c.person_id, roster_import_row.c.import_id
    ).where(MADE),
)
