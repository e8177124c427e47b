"""What an import would do, row by row: as the call, its nominations and its persons stand now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, select

from shared.context import Work

from ..commands.rosters import asked_by, judge_of
from ..domain.nomination import NO_LONGER_STANDING
from ..loading import Stored, parties, several
from ..nominees.officers import is_known_otherwise, known_officers
from ..roster.rows import RosterRow, RowProblem, from_document
from ..tables import nomination, roster_import_problem, roster_import_row
from .roster_problems import against_known, against_rules, with_letter
from .rows import by_party, in_batches, keep_problems

READ = roster_import_row.c.officer.is_not(None)
VERDICTS = ("new", "changed", "unchanged", "refused")
Figures = Mapping[str, int]


async def check_rows(work: Work, imported: Stored, held: Stored) -> Figures:
    """Judge every row anew, in their order; how many there are of each verdict."""
    problem = roster_import_problem
    of_call = (problem.c.import_id == imported["id"]) & problem.c.of_call
    await work.connection.execute(problem.delete().where(of_call))
    before = Counter(await _nominated_before(work, held))
    async for batch in in_batches(work, imported["id"], READ & ~_is_faulty(imported)):
        for party, rows in by_party(batch).items():
            await _check(
                work, imported, held, party, [from_document(one["officer"]) for one in rows], before
            )
    await _refuse(work, imported)
    return await figures_of(work, imported)


async def figures_of(work: Work, imported: Stored) -> Figures:
    """How many rows there are of each verdict, and how many problems."""
    table, problem = roster_import_row, roster_import_problem
    query = (
        select(table.c.verdict, func.count().label("rows"))
        .where(table.c.import_id == imported["id"])
        .group_by(table.c.verdict)
    )
    found = {row["verdict"]: row["rows"] for row in await several(work, query)}
    counted = select(func.count()).where(problem.c.import_id == imported["id"])
    problems = (await work.connection.execute(counted)).scalar_one()
    of_file = counted.where(problem.c.row == 0)
    faults = (await work.connection.execute(of_file)).scalar_one()
    return {
        **{one: found.get(one, 0) for one in VERDICTS},
        "problems": problems,
        "of_file": faults,
    }


async def _check(
    work: Work,
    imported: Stored,
    held: Stored,
    party: str,
    rows: Sequence[RosterRow],
    before: Counter[str],
) -> None:
    """Judge some rows of one party, given how many nominations it has by then."""
    standing = await _standing(work, held, party, rows)
    taken = await _taken(work, imported, held, party, rows)
    references = [one.officer_reference for one in rows]
    known = {one["officer_reference"]: one for one in await known_officers(work, party, references)}
    described = (await parties(work, [party]))[party]
    judge = await judge_of(work, held, party, rows)
    problems: list[RowProblem] = []
    verdicts: dict[str, list[int]] = {one: [] for one in VERDICTS}
    for row in rows:
        nominated, person = standing.get(row.officer_reference), known.get(row.officer_reference)
        if nominated:
            found = against_known(row, nominated)
        else:
            failed = judge(row, before[party])
            found = against_rules(row, failed, is_taken=row.priority in taken)
            before[party] += not found
        problems += [with_letter(one, imported["letters"]) for one in found]
        otherwise = person and is_known_otherwise(asked_by(row, party).officer, described, person)
        verdict = "new" if not nominated else "changed" if otherwise else "unchanged"
        verdicts["refused" if found else verdict].append(row.row)
    await keep_problems(work, imported["id"], problems, imported["kept_until"], of_call=True)
    for verdict, numbers in verdicts.items():
        if numbers:
            await _judge(work, imported, roster_import_row.c.row.in_(numbers), verdict)


async def _standing(
    work: Work, held: Stored, party: str, rows: Sequence[RosterRow]
) -> Mapping[str, Stored]:
    mine = nomination.c.officer_reference.in_([one.officer_reference for one in rows])
    found = await several(work, select(nomination).where(*_of(held, party), mine))
    return {one["officer_reference"]: one for one in found}


async def _taken(
    work: Work, imported: Stored, held: Stored, party: str, rows: Sequence[RosterRow]
) -> set[int]:
    """The priorities of these rows that nominations have of officers who are not in the file."""
    table = roster_import_row
    in_file = exists().where(
        table.c.import_id == imported["id"],
        table.c.party == party,
        table.c.officer_reference == nomination.c.officer_reference,
    )
    mine = nomination.c.priority.in_([one.priority for one in rows])
    query = select(nomination.c.priority).where(*_of(held, party), mine, ~in_file)
    return {row["priority"] for row in await several(work, query)}


async def _nominated_before(work: Work, held: Stored) -> Mapping[str, int]:
    counted = func.count().label("nominated")
    query = select(nomination.c.party, counted).where(*_of(held)).group_by(nomination.c.party)
    return {row["party"]: row["nominated"] for row in await several(work, query)}


def _of(held: Stored, party: str | None = None) -> list[Any]:
    stands = nomination.c.status.not_in(NO_LONGER_STANDING)
    mine = [nomination.c.call_id == held["id"], stands]
    return [*mine, nomination.c.party == party] if party else mine


def _is_faulty(imported: Stored) -> Any:
    problem = roster_import_problem
    return exists().where(
        problem.c.import_id == imported["id"], problem.c.row == roster_import_row.c.row
    )


async def _refuse(work: Work, imported: Stored) -> None:
    """Rows with a problem, and those of which too little could be read to say which."""
    await _judge(work, imported, ~READ | _is_faulty(imported), "refused")


async def _judge(work: Work, imported: Stored, where: Any, verdict: str) -> None:
    table = roster_import_row
    mine = (table.c.import_id == imported["id"]) & where
    not_forgotten = table.c.verdict.is_distinct_from("forgotten")
    await work.connection.execute(table.update().where(mine, not_forgotten).values(verdict=verdict))
