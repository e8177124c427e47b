"""Imports of nominations into a call, as a kind of imports."""

from types import MappingProxyType

from sqlalchemy import select

from ..domain.import_states import ImportState
from ..tables import roster_import, roster_import_row
from .checking import conclude_judging, judge_some
from .kinds import Kind, Way
from .reading import keep, opened, read_whole
from .standing import locked_by_itself
from .undoing import MADE, conclude_undoing, undo_some
from .writing import TO_BE_WRITTEN, WRITTEN, conclude_writing, write_some

NOMINATIONS = Kind(
    imports=roster_import,
    rows=roster_import_row,
    locked=locked_by_itself,
    opened=opened,
    keep=keep,
    read_whole=read_whole,
    ways=MappingProxyType(
        {
            ImportState.JUDGING: Way(judge_some, conclude_judging),
            ImportState.WRITING: Way(write_some, conclude_writing, TO_BE_WRITTEN),
            ImportState.UNDOING: Way(undo_some, conclude_undoing, WRITTEN),
        }
    ),
    made=select(
        roster_import_row.c.row, roster_import_row.c.person_id, roster_import_row.c.import_id
    ).where(MADE),
)
