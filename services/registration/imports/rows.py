"""The rows of an import of nominations, kept as they are read."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.context import Work
from shared.database import insert_new

from ..loading import Stored
from ..roster.figures import priority
from ..roster.folding import folded
from ..roster.officers import Cells
from ..roster.rows import Fault, RosterRow, as_document
from ..roster.texts import reference
from ..tables import roster_import_row
from .problems import keep_problems

Read = tuple[Cells, RosterRow | None]
NOT_STORABLE = re.compile("[\ud800-\udfff\u0000]")
LONGEST_CELL = 500


async def keep_rows(work: Work, import_id: UUID, read: Sequence[Read], until: datetime) -> None:
    """Keep rows, and what is wrong with them; those kept before are left as they are."""
    rows = [_row(import_id, cells, officer, until) for cells, officer in read]
    await insert_new(work.connection, roster_import_row, rows)
    await keep_problems(
        work, import_id, [one for cells, _ in read for one in cells.problems], until
    )


def by_party(batch: Sequence[Stored]) -> Mapping[str, list[Stored]]:
    """The rows by the party they are of."""
    found: dict[str, list[Stored]] = {}
    for row in batch:
        found.setdefault(row["party"], []).append(row)
    return found


def _row(
    import_id: UUID, cells: Cells, officer: RosterRow | None, until: datetime
) -> dict[str, Any]:
    written = folded(cells.texts.get("sex", ""))
    return {
        "import_id": import_id,
        "row": cells.row,
        "party": cells.party,
        "officer_reference": _sound(reference(cells.texts.get("officer_reference", ""))),
        "priority": _sound(priority(cells.texts.get("priority", ""))),
        "sex_letter": written if written in ("h", "m") else None,
        "officer": as_document(officer) if officer else None,
        "cells": None if officer else [_storable(one) for one in cells.written],
        "kept_until": until,
    }


def _sound(value: Any) -> Any:
    return None if isinstance(value, Fault) or value == "" else value


def _storable(text: str) -> str:
    return NOT_STORABLE.sub("\ufffd", text[:LONGEST_CELL])
