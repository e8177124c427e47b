"""The officers of a file's rows: known, decided, or made known where that was asked for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Event
from shared.database import insert_all, lock_row
from shared.ids import new_id

from ..facts import person_details
from ..loading import Stored, parties, several
from ..tables import party as party_table
from ..tables import person
from .kept_rows import past_row, rows_named
from .rows import PastRow


class Officers:
    """Whose each row is; who is made known by it."""

    def __init__(self, living: Mapping[UUID, Stored], before: Mapping[int, UUID]) -> None:
        self.persons: dict[UUID, Stored] = dict(living)
        self.created: list[Stored] = []
        self.events: list[Event] = []
        self._by_row: dict[int, UUID] = dict(before)

    def of_row(self, number: int) -> Stored | None:
        """The officer of a row; None where it is left out."""
        whose = self._by_row.get(number)
        return self.persons.get(whose) if whose else None

    def is_of(self, row: int, person_id: UUID) -> None:
        """A row is of somebody."""
        self._by_row[row] = person_id

    def create(self, row: int, officer: Stored, calendar: str | None) -> None:
        """A row is of somebody who is made known."""
        self.created.append(officer)
        self.persons[officer["id"]] = officer
        self.events.append(person_details(officer, calendar))
        self.is_of(row, officer["id"])


async def officers_of(
    work: Work, import_id: UUID, rows: Sequence[Stored], language: str | None
) -> Officers:
    """Whose rows are, in their order; where a language is given, who is not known is made known and
    written to in it. The rows before these were written already. The parties are held, so that
    nobody is created twice."""
    codes = sorted({one["found"]["party"] for one in rows})
    for code in codes:
        await lock_row(work.connection, party_table, code=code)
    known = await parties(work, codes)
    called = await _called(work, codes, {one["found"]["officer_reference"] for one in rows})
    meant = {one["as_row"] for one in rows if one["as_row"]} - {one["row"] for one in rows}
    before = await rows_named(work, import_id, meant)
    whose_before = {number: one["person_id"] for number, one in before.items() if one["person_id"]}
    named = {one["person_id"] for one in rows}
    living = await _living(work, named, called.values(), whose_before.values())
    officers = Officers(living, whose_before)
    for row in rows:
        said = past_row(row)
        key = (said.party, said.officer_reference)
        whose = row["person_id"] or _of_row_before(officers, row)
        if whose is None and row["as_row"] is None and row["decision"] != "new":
            whose = called.get(key)
        if whose is not None:
            officers.is_of(row["row"], whose)
        elif row["as_row"] is None and language and _whole_names(said):
            party = known[row["found"]["party"]]
            reference = None if key in called else said.officer_reference
            made = _person(said, party, reference, language)
            officers.create(row["row"], made, party["calendar_country"])
            if reference:
                called[key] = made["id"]
    await insert_all(work.connection, person, officers.created)
    return officers


def _of_row_before(officers: Officers, row: Stored) -> UUID | None:
    before = officers.of_row(row["as_row"]) if row["as_row"] else None
    return before["id"] if before else None


async def _called(
    work: Work, codes: Collection[str], wanted: Collection[str | None]
) -> dict[tuple[str | None, str | None], UUID]:
    """Whom the parties call so."""
    query = select(person.c.id, person.c.party, person.c.officer_reference)
    named = person.c.officer_reference.in_([one for one in wanted if one])
    found = await several(work, query.where(person.c.party.in_(codes), named))
    return {(one["party"], one["officer_reference"]): one["id"] for one in found}


async def _living(work: Work, *person_ids: Collection[UUID | None]) -> Mapping[UUID, Stored]:
    """Who is named and was not erased; an erasure at this moment waits, or is seen."""
    named = sorted({one for several_ids in person_ids for one in several_ids if one})
    found: dict[UUID, Stored] = {}
    for at in range(0, len(named), 1000):
        mine = select(person).where(person.c.id.in_(named[at : at + 1000])).order_by(person.c.id)
        held = await several(work, mine.with_for_update(read=True, key_share=True))
        found |= {one["id"]: one for one in held if one["erased_at"] is None}
    return found


def _whole_names(said: PastRow) -> list[dict[str, Any]]:
    """The names by which somebody can be made known: given and family, in one script each."""
    return [
        {"script": script, "given": given, "family": family, "on_passport": False}
        for script, (given, family) in said.names.items()
        if given and family
    ]


def _person(said: PastRow, party: Stored, reference: str | None, language: str) -> Stored:
    silent = ("subject", "email", "phone", "calendar_country", "unit", "unit_name")
    return {
        **dict.fromkeys((*silent, "rank_title", "rank_band", "serving_since", "erased_at")),
        "id": new_id(),
        "party": party["code"],
        "officer_reference": reference,
        "names": _whole_names(said),
        "sex": said.sex or "not_stated",
        "language": language,
        "wants_email": True,
        "wants_sms": False,
        "contact_directly": party["contact_directly"],
        "specialisms": [],
        "languages": [],
        "version": 1,
    }
