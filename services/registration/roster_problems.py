"""What stands against the rows of a roster: the file itself, the call, and who is nominated."""

from collections.abc import Collection, Sequence

from shared.refusals import Fault

from .domain.eligibility import Conditions, Nominee, failed_rules, reason_for
from .loading import Stored
from .roster.rows import Roster, RosterRow, RowProblem

COLUMN_OF_RULE = {"unit-required": "unit", "sex-allowed": "sex"}


def problems_with(
    roster: Roster, party: str, standing: Collection[Stored], rules: Conditions
) -> list[RowProblem]:
    """Every problem of every row, in the order of the rows."""
    known = {one["officer_reference"]: one for one in standing}
    in_file = {row.officer_reference for row in roster.rows}
    taken = {one["priority"] for one in standing if one["officer_reference"] not in in_file}
    problems = list(roster.problems)
    before = len(standing)
    for row in roster.rows:
        if row.officer_reference in known:
            problems += _against_known(row, known[row.officer_reference])
            continue
        nominee = Nominee(party, row.unit, row.sex, before)
        problems += _against_rules(row, failed_rules(rules, nominee))
        if row.priority in taken:
            message = "Another nomination of the party has this priority."
            problems.append(RowProblem(row.row, "priority", "priority-is-taken", message))
        before += 1
    return sorted(problems, key=lambda one: one.row)


def faults_of(problems: Sequence[RowProblem]) -> list[Fault]:
    """Problems as the API names them: row and column, never the value."""
    return [Fault(_place(one), one.code, one.message) for one in problems]


def _place(problem: RowProblem) -> str:
    if problem.row == 0:
        return f"file, column {problem.column}" if problem.column else "file"
    return f"row {problem.row}" + (f", column {problem.column}" if problem.column else "")


def _against_known(row: RosterRow, known: Stored) -> list[RowProblem]:
    """A row may repeat a nomination; one that says otherwise is not taken for a correction."""
    message = "The officer is nominated already, with another value here."
    return [
        RowProblem(row.row, column, "already-nominated", message)
        for column in ("priority", "sex", "unit", "rank_band")
        if getattr(row, column) != known[column]
    ]


def _against_rules(row: RosterRow, failed: Sequence[str]) -> list[RowProblem]:
    return [
        RowProblem(row.row, COLUMN_OF_RULE.get(rule), rule, reason_for(rule)) for rule in failed
    ]
