"""Officers as their party describes them: made known, or brought up to date, many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from shared.context import Work
from shared.contracts import Event
from shared.database import insert_new, lock_row
from shared.ids import new_id

from ..bodies.nominations import OfficerNominated
from ..facts import person_details
from ..loading import Stored, parties, several
from ..phone_numbers import normalised
from ..tables import party as party_table
from ..tables import person

REFERENCES_PER_QUERY = 500
KEPT_UNLESS_SAID = ("specialisms", "languages", "serving_since")
"""What not every sender knows of: whoever leaves it out says nothing about it."""


@dataclass(frozen=True)
class KeptOfficers:
    """The person of each officer reference, what to publish, and who was made or changed by it."""

    persons: Mapping[str, Stored]
    events: Sequence[Event]
    made: frozenset[str]
    """Those nobody knew before."""
    before: Mapping[str, Stored]
    """Those known otherwise, as they were."""

    @property
    def changed(self) -> int:
        """How many were known otherwise."""
        return len(self.before)


async def keep_officers(
    work: Work, code: str, officers: Sequence[OfficerNominated], *, from_file: bool = False
) -> KeptOfficers:
    """Write the officers of one party. Who is already known so is not written again.

    A file says what names are, not in which order, nor which of them stands on the passport.

    Known rows are held, so that an erasure or a change by a coordinator at the same moment is
    neither undone nor lost.
    """
    await lock_row(work.connection, party_table, code=code)
    party = (await parties(work, [code]))[code]
    references = [one.officer_reference for one in officers]
    standing = await known_officers(work, code, references, held=True)
    known = {one["officer_reference"]: one for one in standing}
    rows = [_row(one, party, known.get(one.officer_reference), from_file) for one in officers]
    new = [row for row in rows if row["officer_reference"] not in known]
    changed = [row for row in rows if _is_changed(row, known.get(row["officer_reference"]))]
    await insert_new(work.connection, person, new)
    await write_persons(work, changed)
    return KeptOfficers(
        persons={row["officer_reference"]: row for row in rows},
        events=[person_details(row, party["calendar_country"]) for row in (*new, *changed)],
        made=frozenset(row["officer_reference"] for row in new),
        before={row["officer_reference"]: known[row["officer_reference"]] for row in changed},
    )


def is_known_otherwise(officer: OfficerNominated, party: Stored, known: Stored) -> bool:
    """Whether keeping an officer of a file would change what is known of them."""
    return _is_changed(_row(officer, party, known, from_file=True), known)


async def known_officers(
    work: Work, code: str, references: Collection[str], *, held: bool = False
) -> list[Stored]:
    """The officers of a party who are called so; until the transaction ends nobody else changes
    them where they are to be held."""
    found: list[Stored] = []
    ordered = sorted(references)
    for at in range(0, len(ordered), REFERENCES_PER_QUERY):
        some = ordered[at : at + REFERENCES_PER_QUERY]
        mine = (person.c.party == code) & person.c.officer_reference.in_(some)
        query = select(person).where(mine).order_by(person.c.id)
        found += await several(work, query.with_for_update() if held else query)
    return found


def _row(
    officer: OfficerNominated, party: Stored, known: Stored | None, from_file: bool
) -> dict[str, Any]:
    described = officer.model_dump(mode="json")
    if not from_file:  # where it was read as one already
        described["phone"] = normalised(officer.phone, party["calendar_country"])
    described["serving_since"] = officer.serving_since
    if known:
        unsaid = {one for one in KEPT_UNLESS_SAID if one not in officer.model_fields_set}
        kept = {one: known[one] for one in unsaid}
        if from_file and _names_in(described) == _names_in(known):
            kept["names"] = known["names"]
        return {**known, **described, **kept, "version": known["version"] + 1}
    return {
        "id": new_id(),
        "party": party["code"],
        "subject": None,
        **described,
        "wants_email": True,
        "contact_directly": party["contact_directly"],
        "calendar_country": None,
        "version": 1,
        "erased_at": None,
    }


def _names_in(row: Stored) -> dict[str, tuple[str, str]]:
    return {name["script"]: (name["given"], name["family"]) for name in row["names"]}


def _is_changed(row: dict[str, Any], known: Stored | None) -> bool:
    return known is not None and any(
        row[name] != known[name] for name in known if name != "version"
    )


async def write_persons(work: Work, rows: Sequence[Stored]) -> None:
    """Save persons as these rows have them, in one order whoever else is at it."""
    if rows:
        plain = [{("key" if name == "id" else name): row[name] for name in row} for row in rows]
        ordered = sorted(plain, key=lambda row: str(row["key"]))
        statement = person.update().where(person.c.id == bindparam("key"))
        await work.connection.execute(statement, ordered)
