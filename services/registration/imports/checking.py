"""What an import would do, row by row: as the call, its nominations and its persons stand now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from shared.context import Work

from ..calls.conditions import conditions_of, records_of
from ..calls.deadlines import what_forbids_nominating
from ..commands.rosters import asked_by, judge_by
from ..domain.conditions import Conditions
from ..domain.import_states import ImportState
from ..domain.nomination import NO_LONGER_STANDING
from ..loading import Stored, by_id, parties, several
from ..nominees.officers import is_known_otherwise
from ..refusals.imports import ImportHasBadRows
from ..roster.rows import RosterRow, RowProblem, from_document
from ..tables import call, import_problem, nomination, roster_import, roster_import_row
from .problems import count_of_file, drop_judgements, keep_problems, with_letter
from .roster_problems import against_known, against_rules
from .rows import by_party
from .standing import move_import

VERDICTS = ("new", "changed", "unchanged", "refused", "undone")
Figures = Mapping[str, int]
row = roster_import_row


async def judge_some(work: Work, imported: Stored, rows: Sequence[Stored]) -> list[Any]:
    """Judge some rows anew; what is found is kept with them."""
    await judge(work, imported, await by_id(work, call, imported["call_id"]), rows)
    return []


async def conclude_judging(work: Work, imported: Stored) -> Stored:
    """All rows are judged: the import is read, or, where it was confirmed, is written if that can
    still be done."""
    held = await by_id(work, call, imported["call_id"])
    figures = await figures_of(work, imported)
    against = await held_against(work, held)
    figures_then = {**figures, "held_against": against}
    told: dict[str, Any] = {"figures": figures_then, "read_at": imported["read_at"] or work.now}
    if imported["confirmed_by"] is None:
        return await move_import(work, roster_import, imported, ImportState.READ, **told)
    refusal = await _what_forbids(work, imported, held, figures)
    if refusal:
        told |= {"refusal": refusal, "confirmed_by": None}
        return await move_import(work, roster_import, imported, ImportState.READ, **told)
    return await move_import(work, roster_import, imported, ImportState.WRITING, **told)


async def held_against(work: Work, held: Stored) -> list[int]:
    """The call and its nominations as they stand: where these numbers are the same, so are they."""
    query = select(func.count(), func.coalesce(func.sum(nomination.c.version), 0))
    mine = query.where(nomination.c.call_id == held["id"])
    found = (await work.connection.execute(mine)).one()
    return [held["version"], *map(int, found)]


async def judge(
    work: Work, imported: Stored, held: Stored, rows: Sequence[Stored]
) -> Mapping[int, str]:
    """The verdict on each of some rows, as it is kept; the rows before were judged already."""
    numbers = [one["row"] for one in rows]
    await drop_judgements(work, imported["id"], numbers)
    faulty = await _faulty(work, imported, numbers)
    sound = [one for one in rows if one["officer"] and one["row"] not in faulty]
    verdicts = {one["row"]: "refused" for one in rows if one["verdict"] != "forgotten"}
    before = await _nominated_before(work, imported, held, numbers[0])
    rules = await conditions_of(work, held)
    for party, some in by_party(sound).items():
        officers = [from_document(one["officer"]) for one in some]
        verdicts |= await _check(work, imported, held, rules, party, officers, before[party])
    other = {one["row"] for one in rows if verdicts.get(one["row"]) != one["verdict"]}
    await keep_verdicts(work, imported, {one: verdicts[one] for one in verdicts if one in other})
    return verdicts


async def keep_verdicts(work: Work, imported: Stored, verdicts: Mapping[int, str]) -> None:
    """Note what was found of rows; of those forgotten meanwhile, nothing."""
    mine = (row.c.import_id == imported["id"]) & row.c.verdict.is_distinct_from("forgotten")
    for verdict in set(verdicts.values()):
        alike = [number for number, one in verdicts.items() if one == verdict]
        change = row.update().where(mine, row.c.row.in_(alike))
        await work.connection.execute(change.values(verdict=verdict))


async def figures_of(work: Work, imported: Stored) -> Figures:
    """How many rows there are of each verdict, and how many problems."""
    problem = import_problem
    query = (
        select(row.c.verdict, func.count().label("rows"))
        .where(row.c.import_id == imported["id"])
        .group_by(row.c.verdict)
    )
    found = {one["verdict"]: one["rows"] for one in await several(work, query)}
    counted = select(func.count()).where(problem.c.import_id == imported["id"])
    problems = (await work.connection.execute(counted)).scalar_one()
    return {
        **{one: found.get(one, 0) for one in VERDICTS},
        "problems": problems,
        "of_file": await count_of_file(work, imported["id"]),
    }


async def _what_forbids(work: Work, imported: Stored, held: Stored, figures: Figures) -> str | None:
    wrong = await what_forbids_nominating(work, held)
    if wrong:
        return wrong.code()
    if figures["of_file"] or (figures["refused"] and not imported["only_good"]):
        return ImportHasBadRows.code()
    return None


async def _check(
    work: Work,
    imported: Stored,
    held: Stored,
    rules: Conditions,
    party: str,
    rows: Sequence[RosterRow],
    before: int,
) -> Mapping[int, str]:
    """Judge some rows of one party, which has so many nominations by then."""
    standing = await _standing(work, held, party, rows)
    taken = await _taken(work, held, party, rows)
    references = [one.officer_reference for one in rows]
    known = await records_of(work, rules, party, references)
    described = (await parties(work, [party]))[party]
    failed = judge_by(work, rules, party, known)
    problems: list[RowProblem] = []
    verdicts: dict[int, str] = {}
    for one in rows:
        nominated = standing.get(one.officer_reference)
        person = known[one.officer_reference].person if one.officer_reference in known else None
        if nominated:
            found = against_known(one, nominated)
        else:
            found = against_rules(one, failed(one, before), is_taken=one.priority in taken)
            before += not found
        problems += [with_letter(each, imported["letters"]) for each in found]
        otherwise = person and is_known_otherwise(asked_by(one, party).officer, described, person)
        verdict = "new" if not nominated else "changed" if otherwise else "unchanged"
        verdicts[one.row] = "refused" if found else verdict
    await keep_problems(work, imported["id"], problems, imported["kept_until"], of_call=True)
    return verdicts


async def _standing(
    work: Work, held: Stored, party: str, rows: Sequence[RosterRow]
) -> Mapping[str, Stored]:
    mine = nomination.c.officer_reference.in_([one.officer_reference for one in rows])
    found = await several(work, select(nomination).where(*_of(held, party), mine))
    return {one["officer_reference"]: one for one in found}


async def _taken(work: Work, held: Stored, party: str, rows: Sequence[RosterRow]) -> set[int]:
    """The priorities of these rows that standing nominations have."""
    mine = nomination.c.priority.in_([one.priority for one in rows])
    query = select(nomination.c.priority).where(*_of(held, party), mine)
    return {one["priority"] for one in await several(work, query)}


async def _nominated_before(work: Work, imported: Stored, held: Stored, first: int) -> Counter[str]:
    """How many nominations each party has, those counted that rows before this one would make."""
    counted = func.count().label("nominated")
    standing = select(nomination.c.party, counted).where(*_of(held)).group_by(nomination.c.party)
    judged = (row.c.import_id == imported["id"]) & (row.c.verdict == "new") & (row.c.row < first)
    to_come = select(row.c.party, counted).where(judged, row.c.nomination_id.is_(None))
    found: Counter[str] = Counter()
    for query in (standing, to_come.group_by(row.c.party)):
        found.update({one["party"]: one["nominated"] for one in await several(work, query)})
    return found


def _of(held: Stored, party: str | None = None) -> list[Any]:
    stands = nomination.c.status.not_in(NO_LONGER_STANDING)
    mine = [nomination.c.call_id == held["id"], stands]
    return [*mine, nomination.c.party == party] if party else mine


async def _faulty(work: Work, imported: Stored, numbers: Sequence[int]) -> set[int]:
    """Which of these rows can not be taken whatever the call asks."""
    problem = import_problem
    mine = (problem.c.import_id == imported["id"]) & problem.c.row.in_(numbers)
    return {one["row"] for one in await several(work, select(problem.c.row).where(mine).distinct())}
