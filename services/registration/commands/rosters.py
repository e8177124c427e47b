"""Nominating the officers of a whole roster: all of its rows, or none (focal point)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.ids import new_id
from shared.refusals import Refused
from shared.rights import require_channel

from ..bodies.nominations import DeclarationSigned, NominateOfficer, OfficerNominated
from ..bodies.people import NameTaken
from ..calls.conditions import (
    Record,
    conditions_of,
    nominee,
    records_of,
)
from ..domain.conditions import Conditions
from ..domain.eligibility import failed_rules
from ..imports.problems import faults_of
from ..imports.roster_problems import Judge, problems_with
from ..loading import Stored, by_id, first
from ..nominees.nominating import nominating_of
from ..nominees.officers import keep_officers
from ..refusals.nominations import RosterIsNotValid
from ..roster.officers import Nominating
from ..roster.rows import Roster, RosterRow
from ..tables import call, roster_upload
from .nominations import (
    call_open_to,
    put_forward,
    standing_of_party,
    submitted,
)


async def nominating_for(work: Work, call_id: UUID, party: str) -> Nominating:
    """How a party's roster is read, for who nominates for it. Raises `NotFound`."""
    kept = await by_id(work, call, call_id)
    await require_channel(work, kept["project_id"], party)
    return await nominating_of(work, kept, party)


async def nominate_roster(
    work: Work, call_id: UUID, party: str, digest: str, roster: Roster
) -> Outcome:
    """Nominate every officer of a file who is not nominated so already."""
    held = await call_open_to(work, call_id, party)
    if await uploaded(work, call_id, party, digest):
        return None
    if isinstance(held, Refused):
        return held
    standing = await standing_of_party(work, call_id, party)
    problems = problems_with(roster, standing, await judge_of(work, held, party, roster.rows))
    if problems:
        return RosterIsNotValid(faults=faults_of(problems))
    known = {one["officer_reference"] for one in standing}
    asked = [asked_by(row, party) for row in roster.rows]
    officers = await keep_officers(work, party, [one.officer for one in asked], from_file=True)
    new = [one for one in asked if one.officer.officer_reference not in known]
    rows = [
        submitted(work, held, new_id(), officers.persons[one.officer.officer_reference], one)
        for one in new
    ]
    put = await put_forward(work, held, rows)
    answer = {
        "rows": len(roster.rows),
        "nominated": len(new),
        "unchanged": len(roster.rows) - len(new),
        "late": sum(row["late"] for row in rows),
        "details_changed": officers.changed,
        "encoding": roster.encoding,
        "delimiter": roster.delimiter,
    }
    await _keep_upload(work, call_id, party, digest, answer)
    return [*officers.events, *put]


async def judge_of(work: Work, held: Stored, party: str, rows: Sequence[RosterRow]) -> Judge:
    """By the rules of the call, and by what our records say of the officers."""
    rules = await conditions_of(work, held)
    references = [row.officer_reference for row in rows]
    return judge_by(work, rules, party, await records_of(work, rules, party, references))


def judge_by(work: Work, rules: Conditions, party: str, records: Mapping[str, Record]) -> Judge:
    """The same, where both are known."""

    def failed(row: RosterRow, before: int) -> Sequence[str]:
        record = records.get(row.officer_reference, Record())
        asked = asked_by(row, party)
        described = nominee(
            work, party, asked.officer, record, before=before, declaration=asked.declaration
        )
        return failed_rules(rules, described)

    return failed


async def uploaded(work: Work, call_id: UUID, party: str, digest: str) -> Stored | None:
    """The answer that the same file of the same party got before in this call."""
    query = select(roster_upload.c.answer).where(
        roster_upload.c.call_id == call_id,
        roster_upload.c.party == party,
        roster_upload.c.digest == digest,
    )
    found = await first(work, query)
    return found["answer"] if found else None


def asked_by(row: RosterRow, party: str) -> NominateOfficer:
    """A row as a nomination; what its file has no column for is not said."""
    latin = NameTaken(script="Latn", given=row.given_name, family=row.family_name, on_passport=True)
    coded: dict[str, Any] = {"sex": row.sex, "rank_band": row.rank_band, "language": row.language}
    several = {"specialisms": row.specialisms, "languages": row.languages}
    said = coded | {name: codes for name, codes in several.items() if codes is not None}
    if row.says_since:
        said["serving_since"] = row.serving_since
    officer = OfficerNominated(
        officer_reference=row.officer_reference,
        names=(latin, *_arabic(row)),
        unit=row.unit,
        unit_name=row.unit_name,
        rank_title=row.rank_title,
        email=row.email,
        phone=row.phone,
        wants_sms=row.sms,
        **said,
    )
    signed = None
    if row.declaration and row.declared_on:
        signed = DeclarationSigned(version=row.declaration, signed_on=row.declared_on)
    return NominateOfficer(party=party, officer=officer, priority=row.priority, declaration=signed)


def _arabic(row: RosterRow) -> Collection[NameTaken]:
    if not row.given_name_ar or not row.family_name_ar:
        return []
    return [NameTaken(script="Arab", given=row.given_name_ar, family=row.family_name_ar)]


async def _keep_upload(
    work: Work, call_id: UUID, party: str, digest: str, answer: dict[str, Any]
) -> None:
    key = {"call_id": call_id, "party": party, "digest": digest}
    row = {**key, "answer": answer, "uploaded_at": work.now}
    await work.connection.execute(roster_upload.insert().values(**row))
