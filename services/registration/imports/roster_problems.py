"""What stands against the rows of a roster: the file itself, the call, and who is nominated."""

from collections.abc import Callable, Collection, Mapping, Sequence

from ..domain.eligibility import reason_for
from ..loading import Stored
from ..roster.rows import Roster, RosterRow, RowProblem
from .problems import with_letter

COLUMN_OF_RULE = {
    "unit-required": "unit",
    "sex-allowed": "sex",
    "rank-band-allowed": "rank_band",
    "years-of-service": "serving_since",
    "languages-spoken": "languages",
    "language-spoken": "languages",
    "specialism-required": "specialisms",
    "declaration-signed": "declaration",
}
TOLD_OF_A_NOMINATION = ("priority", "sex", "unit", "rank_band")
Judge = Callable[[RosterRow, int], Sequence[str]]
"""The rules that do not hold for a row, where the party has so many other nominations."""


def problems_with(roster: Roster, standing: Collection[Stored], judge: Judge) -> list[RowProblem]:
    """Every problem of every row, in the order of the rows."""
    known = {one["officer_reference"]: one for one in standing}
    in_file = {row.officer_reference for row in roster.rows}
    taken = {one["priority"] for one in standing if one["officer_reference"] not in in_file}
    problems = list(roster.problems)
    before = len(standing)
    for row in roster.rows:
        if row.officer_reference in known:
            found = against_known(row, known[row.officer_reference])
        else:
            found = against_rules(row, judge(row, before), is_taken=row.priority in taken)
            before += 1
        problems += [with_letter(one, roster.letters) for one in found]
    return sorted(problems, key=lambda one: one.row)


def against_known(row: RosterRow, known: Stored) -> list[RowProblem]:
    """A row may repeat a nomination; one that says otherwise is not taken for a correction."""
    message = "The officer is nominated already, with another value here."
    otherwise = [one for one in TOLD_OF_A_NOMINATION if getattr(row, one) != known[one]]
    if row.declaration and row.declared_on and not _is_signed_so(row, known["declaration"]):
        otherwise.append("declaration")
    return [RowProblem(row.row, one, "already-nominated", message) for one in otherwise]


def _is_signed_so(row: RosterRow, signed: Mapping[str, str] | None) -> bool:
    day = row.declared_on and row.declared_on.isoformat()
    return signed is not None and (row.declaration, day) == (signed["version"], signed["signed_on"])


def against_rules(row: RosterRow, failed: Sequence[str], *, is_taken: bool) -> list[RowProblem]:
    """Why a row can not become a nomination, by the rules that do not hold."""
    problems = [
        RowProblem(row.row, COLUMN_OF_RULE.get(rule), rule, reason_for(rule)) for rule in failed
    ]
    if is_taken:
        message = "Another nomination of the party has this priority."
        problems.append(RowProblem(row.row, "priority", "priority-is-taken", message))
    return problems
