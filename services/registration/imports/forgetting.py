"""What imports hold of a person goes with the person: rows are blanked, and a file that was not
read to its end by then is given up, for nobody can say whether it names them."""

from sqlalchemy import Table, or_, select

from shared.context import Work

from ..domain.import_states import ImportState
from ..loading import Stored, several
from ..tables import history_import, history_row, roster_import, roster_import_row
from .standing import forget_import, move_import

BLANK = {
    "officer_reference": None,
    "officer": None,
    "cells": None,
    "before": None,
    "verdict": "forgotten",
}
ERASED = "officer-was-erased"
"""Why a file was given up: it is to be sent again, as it stands now."""


async def forget_rows(work: Work, person: Stored) -> None:
    """Blank what files said of a person who is erased; that there was a row stays."""
    row = roster_import_row
    theirs = row.c.person_id == person["id"]
    if person["party"] and person["officer_reference"]:
        called = row.c.officer_reference == person["officer_reference"]
        theirs = or_(theirs, (row.c.party == person["party"]) & called)
    await work.connection.execute(row.update().where(theirs).values(**BLANK))


async def give_up_unread(work: Work, person: Stored) -> None:
    """Give up files of the person's party, or of several, that are being read; of past
    participations also until each row is understood: by then its cells alone are kept."""
    reading, judging = ImportState.READING, ImportState.JUDGING
    for table, rows, of, states in (
        (roster_import, roster_import_row, roster_import.c.party, (reading,)),
        (history_import, history_row, history_import.c.scope, (reading, judging)),
    ):
        may_name = of.in_(["", person["party"] or ""])
        query = select(table).where(table.c.state.in_(states), may_name).order_by(table.c.id)
        for imported in await several(work, query.with_for_update()):
            await _give_up(work, table, rows, imported)


async def _give_up(work: Work, table: Table, rows: Table, imported: Stored) -> None:
    await move_import(work, table, imported, ImportState.DISCARDED, refusal=ERASED)
    await forget_import(work, rows, imported["id"])
