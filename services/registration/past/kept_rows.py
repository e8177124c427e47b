"""The rows of a file as they are kept until it is imported: cells, what they say, whose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.database import insert_all
from shared.refusals import Fault

from ..loading import Stored, several
from ..roster.records import Record
from ..roster.rows import Fault as CellFault
from ..tables import history_row
from .layout import Layout, evidence_in, questions_about
from .matching import Matched, Suggestion
from .rows import PastRow

WHOLE_ROW = "row"


async def keep_rows(
    work: Work, import_id: UUID, records: Sequence[Record], rows: Sequence[Matched]
) -> None:
    """Keep every row of a file, in place of those kept before."""
    await drop_rows(work, import_id)
    kept = [
        {
            "import_id": import_id,
            "row": record.row,
            "cells": list(record.cells),
            "faults": _faults(record),
            "state": found.state,
            "decision": None,
            "person_id": found.person_id,
            "as_row": found.as_row,
            "found": _found(found.row),
            "suggestions": [_suggestion(one) for one in found.suggestions],
            "problems": [asdict(one) for one in found.row.problems],
        }
        for record, found in zip(records, rows, strict=True)
    ]
    await insert_all(work.connection, history_row, kept)


async def drop_rows(work: Work, import_id: UUID) -> None:
    """Nothing of a file is kept."""
    await work.connection.execute(history_row.delete().where(history_row.c.import_id == import_id))


async def rows_of(work: Work, import_id: UUID) -> list[Stored]:
    """The rows of a file, in their order."""
    query = select(history_row).where(history_row.c.import_id == import_id)
    return await several(work, query.order_by(history_row.c.row))


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


def questions_of(layout: Layout, columns: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """What a person has to say first, as it is kept and shown."""
    asked = questions_about(layout, evidence_in(layout, columns))
    return [
        {"column": one.column, "code": one.fault.code, "message": one.fault.message}
        for one in asked
    ]


def faults_in(rows: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Every problem of these rows as the API names it: row and column, never the value."""
    return [
        Fault(_place(row["row"], one["column"]), one["code"], one["message"])
        for row in rows
        for one in row["problems"]
    ]


def _place(row: int, column: str | None) -> str:
    return f"row {row}, column {column}" if column else f"row {row}"


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
