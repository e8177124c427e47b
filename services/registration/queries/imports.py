"""Imports as they are shown: how far they are, what is wrong, and what they would do."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..imports.standing import import_of_file, require_reader
from ..loading import Stored, by_id
from ..rights import parties_seen, sees_persons
from ..tables import call, roster_import, roster_import_row
from .import_problems import ImportProblemShown, SayProblem, problems_of

ROW = roster_import_row
SAID = (
    *("given_name", "family_name", "sex", "unit", "rank_band", "specialisms", "languages"),
    *("serving_since", "declaration", "declared_on"),
)
"""What the file says of an officer, as far as a preview shows it."""


class RosterRowsCounted(BaseModel):
    """How many rows of a file: to be nominated, known with other details, known just so, bad;
    taken back where others of an undone file were built on."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    undone: int = 0


class RosterImportShown(BaseModel):
    """An import in numbers. `refusal` says why the last step asked for was not taken.

    Its rows can be read until `kept_until`; so long it can be confirmed, or undone."""

    id: UUID
    call_id: UUID
    party: str | None
    state: str
    rows_read: int
    rows_total: int
    rows_done: int
    """How many rows the step has gone through that the import is at, of so many `rows_due`."""
    rows_due: int
    rows: RosterRowsCounted
    problems: int
    encoding: str
    delimiter: str
    only_good: bool
    refusal: str | None
    made_at: datetime
    read_at: datetime | None
    done_at: datetime | None
    undone_at: datetime | None
    kept_until: datetime
    version: int


class RosterRowShown(BaseModel):
    """What becomes of a row: new, changed, unchanged or refused; undone, once it is taken back;
    forgotten, once its officer is."""

    row: int
    party: str | None
    verdict: str | None
    officer_reference: str | None
    given_name: str | None
    family_name: str | None
    priority: int | None
    sex: str | None
    unit: str | None
    rank_band: str | None
    specialisms: list[str] | None
    """None: the file does not say; so too of the languages."""
    languages: list[str] | None
    serving_since: date | None
    declaration: str | None
    declared_on: date | None
    person_id: UUID | None
    nomination_id: UUID | None


async def show_import(work: Work, import_id: UUID) -> RosterImportShown:
    """One import. Raises `NotFound` for another party's."""
    return shown(await readable_import(work, import_id))


async def show_import_of_file(
    work: Work, call_id: UUID, party: str, digest: str
) -> RosterImportShown:
    """The import of a file that was just sent."""
    found = await import_of_file(work, call_id, party, digest)
    if found is None:
        raise LookupError(digest)
    return shown(found)


async def list_imports(work: Work, call_id: UUID, place: Place) -> Listed[RosterImportShown]:
    """The imports of a call; a focal point sees its party's."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    query = select(roster_import).where(roster_import.c.call_id == call_id)
    if seen is not None:
        query = query.where(roster_import.c.party.in_(seen))
    order = (roster_import.c.made_at, roster_import.c.id)
    return await listed(
        work.connection, query, place, order=order, show=lambda row: shown(row._mapping)
    )


async def list_problems(
    work: Work, import_id: UUID, place: Place, say: SayProblem
) -> Listed[ImportProblemShown]:
    """What is wrong with a file, by row, in a language."""
    await readable_import(work, import_id)
    return await problems_of(work, import_id, place, say)


async def list_rows(work: Work, import_id: UUID, place: Place) -> Listed[RosterRowShown]:
    """What an import would do, or did, row by row; to auditors with nothing personal in it."""
    await readable_import(work, import_id)
    query = select(ROW).where(ROW.c.import_id == import_id)
    personal = sees_persons(work)
    return await listed(
        work.connection,
        query,
        place,
        order=(ROW.c.row,),
        show=lambda row: _row(row._mapping, personal=personal),
    )


async def readable_import(work: Work, import_id: UUID) -> Stored:
    """An import that the caller may see. Raises `NotFound`."""
    imported = await by_id(work, roster_import, import_id)
    await require_reader(work, imported)
    return imported


def shown(imported: Mapping[str, Any]) -> RosterImportShown:
    """An import as it is answered."""
    figures = imported["figures"]
    return RosterImportShown(
        **{
            **imported,
            "party": imported["party"] or None,
            "rows": RosterRowsCounted(
                **{name: figures.get(name, 0) for name in RosterRowsCounted.model_fields}
            ),
            "problems": figures.get("problems", 0),
        }
    )


def _row(found: Mapping[str, Any], *, personal: bool) -> RosterRowShown:
    officer = (found["officer"] or {}) if personal else {}
    said = {name: officer.get(name) for name in SAID}
    reference = found["officer_reference"] if personal else None
    return RosterRowShown(**{**found, **said, "officer_reference": reference})
