"""The rows of a file as they are kept until it is imported: cells, what they say, whose."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from shared.context import Work
from shared.database import insert_new

from ..loading import Stored, several
from ..roster.records import Record
from ..roster.rows import Fault as CellFault
from ..tables import history_row
from .matching import Matched, Suggestion
from .rows import PastRow

WHOLE_ROW = "row"
NOT_JUDGED = "kept"
NUMBERS_AT_ONCE = 1000


async def keep_rows(work: Work, imported: Stored, records: Sequence[Record]) -> None:
    """Keep rows as they stand in the file; those kept before are left as they are."""
    kept = [
        {
            "import_id": imported["id"],
            "row": record.row,
            "cells": list(record.cells),
            "faults": _faults(record),
            "state": NOT_JUDGED,
            "found": {},
            "suggestions": [],
            "problems": [],
            "kept_until": imported["kept_until"],
        }
        for record in records
    ]
    await insert_new(work.connection, history_row, kept)


async def keep_matches(work: Work, import_id: UUID, found: Sequence[Matched]) -> None:
    """Keep what rows say and whose they are; what was decided about them is asked again."""
    if not found:
        return
    mine = (history_row.c.import_id == import_id) & (history_row.c.row == bindparam("number"))
    changed = [
        {
            "number": one.row.row,
            "state": one.state,
            "decision": None,
            "person_id": one.person_id,
            "as_row": one.as_row,
            "found": _found(one.row),
            "suggestions": [_suggestion(each) for each in one.suggestions],
        }
        for one in found
    ]
    await work.connection.execute(history_row.update().where(mine), changed)


async def rows_named(work: Work, import_id: UUID, numbers: Collection[int]) -> Mapping[int, Stored]:
    """Some rows of a file, by their numbers."""
    ordered, found = sorted(numbers), list[Stored]()
    for at in range(0, len(ordered), NUMBERS_AT_ONCE):
        some = history_row.c.row.in_(ordered[at : at + NUMBERS_AT_ONCE])
        query = select(history_row).where(history_row.c.import_id == import_id, some)
        found += await several(work, query)
    return {one["row"]: one for one in found}


def record_in(row: Mapping[str, Any]) -> Record:
    """What stood in a row of the file."""
    faults = {place: CellFault(*fault) for place, fault in row["faults"].items()}
    whole = faults.pop(WHOLE_ROW, None)
    cells = {int(place): fault for place, fault in faults.items()}
    return Record(row["row"], tuple(row["cells"]), cells, whole)


def past_row(row: Mapping[str, Any]) -> PastRow:
    """What a row says, as it was understood."""
    found = row["found"]
    day = found["held_on"]
    return PastRow(row["row"], **{**found, "held_on": date.fromisoformat(day) if day else None})


def suggestion_in(kept: Mapping[str, Any]) -> Suggestion:
    """Who may be meant, as it was kept."""
    person_id = UUID(kept["person_id"]) if kept["person_id"] else None
    return Suggestion(kept["likeness"], person_id, kept["row"])


def _faults(record: Record) -> dict[str, tuple[str, str]]:
    faults = {str(place): one for place, one in record.faults.items()}
    if record.fault:
        faults[WHOLE_ROW] = record.fault
    return {place: (one.code, one.message) for place, one in faults.items()}


def _found(row: PastRow) -> dict[str, Any]:
    told = {name: value for name, value in vars(row).items() if name not in ("row", "problems")}
    return {**told, "held_on": row.held_on.isoformat() if row.held_on else None}


def _suggestion(one: Suggestion) -> dict[str, Any]:
    person_id = str(one.person_id) if one.person_id else None
    return {"person_id": person_id, "row": one.row, "likeness": one.likeness}
