"""Whose the rows of a file are, as a person decides it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from shared.context import Outcome, Work
from shared.refusals import Fault

from ..bodies.history import DecideRows, RowDecided
from ..loading import Stored, several
from ..past.grounds import open_import
from ..past.kept_rows import rows_named, suggestion_in
from ..past.matching import is_plain
from ..refusals.history import DecisionIsNotPossible
from ..tables import history_import, history_row, person

MAY_BE_DECIDED = ("suggested", "unknown", "matched", "known")


async def decide_rows(work: Work, import_id: UUID, asked: DecideRows) -> Outcome:
    """Note whose rows are; where one is not possible, none is taken."""
    kept = await open_import(work, import_id)
    asked_of = {one.row for one in asked.decisions}
    before = {one.as_row for one in asked.decisions if one.as_row}
    rows = await rows_named(work, import_id, asked_of | before)
    faults, changed = [], {}
    known = await _parties_of_named(work, asked)
    for at, one in enumerate(asked.decisions):
        fault = _against(one, rows, known)
        if fault:
            faults.append(Fault(f"decisions.{at}", *fault))
        else:
            changed[one.row] = _decided(one)
    if faults:
        return DecisionIsNotPossible(faults=faults)
    if asked.accept_same_names:
        changed = {**await _of_the_same_name(work, import_id), **changed}
    await _write(work, import_id, changed)
    mine = history_import.c.id == import_id
    moved = history_import.update().where(mine).values(version=kept["version"] + 1)
    await work.connection.execute(moved)
    return None


def _against(
    one: RowDecided, rows: Mapping[int, Stored], known: Mapping[UUID, str]
) -> tuple[str, str] | None:
    """Why a row can not be decided so: a code and words."""
    row = rows.get(one.row)
    if row is None:
        return "not-there", "the file has no such row"
    if one.decision != "leave_out" and row["state"] not in MAY_BE_DECIDED:
        return "row-faulty", "this row can only be left out"
    party = row["found"]["party"]
    if one.decision == "is" and (one.person_id is None or known.get(one.person_id) != party):
        return "officer-not-known", "name an officer of the same party"
    if one.decision == "same_as":
        other = rows.get(one.as_row or 0)
        if other is None or other["row"] >= row["row"] or other["found"]["party"] != party:
            return "row-not-before", "name a row before this one, of the same party"
    return None


def _decided(one: RowDecided) -> dict[str, Any]:
    return {
        "decision": one.decision,
        "person_id": one.person_id if one.decision == "is" else None,
        "as_row": one.as_row if one.decision == "same_as" else None,
    }


async def _of_the_same_name(work: Work, import_id: UUID) -> dict[int, dict[str, Any]]:
    """Rows for which just one is suggested, of the very same name, and nobody decided yet."""
    undecided = (history_row.c.state == "suggested") & history_row.c.decision.is_(None)
    query = select(history_row.c.row, history_row.c.suggestions)
    found: dict[int, dict[str, Any]] = {}
    for row in await several(work, query.where(history_row.c.import_id == import_id, undecided)):
        suggested = [suggestion_in(one) for one in row["suggestions"]]
        if is_plain(suggested):
            (one,) = suggested
            decision = "is" if one.person_id else "same_as"
            found[row["row"]] = {
                "decision": decision,
                "person_id": one.person_id,
                "as_row": one.row,
            }
    return found


async def _parties_of_named(work: Work, asked: DecideRows) -> Mapping[UUID, str]:
    """The party of each officer named; nobody who was erased."""
    named = {one.person_id for one in asked.decisions if one.person_id}
    mine = person.c.id.in_(named) & person.c.erased_at.is_(None)
    found = await several(work, select(person.c.id, person.c.party).where(mine))
    return {one["id"]: one["party"] for one in found}


async def _write(work: Work, import_id: UUID, changed: Mapping[int, dict[str, Any]]) -> None:
    if not changed:
        return
    mine = (history_row.c.import_id == import_id) & (history_row.c.row == bindparam("number"))
    rows = [{"number": number, **values} for number, values in changed.items()]
    await work.connection.execute(history_row.update().where(mine), rows)
