"""Integer programs: the one place of the domain that knows the solver, HiGHS.

What it answers is checked here in whole numbers before anybody relies on it. It is imported when
first asked: a service starts without it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class SolverDisagrees(RuntimeError):
    """The solver called something a solution that our own count finds outside the bounds."""


@dataclass
class Row:
    """A sum of columns and what it lies between."""

    columns: list[int]
    least: int
    most: int


class Program:
    """Whole numbers (columns), each from 0 to its own most, whose sums keep the rows.

    Rows and columns can be added between two questions. One thread, no gap, a fixed seed: the same
    program asked the same gives the same answer."""

    def __init__(self, most: Sequence[int]) -> None:
        self._solver = a_solver()
        self.most: list[int] = []
        self._least: list[int] = []
        self._rows: list[Row] = []
        self._rows_of: list[list[int]] = []
        for one in most:
            self._add_column(one, [])

    def keep(self, columns: Iterable[int], least: int, most: int) -> None:
        """A row more: the sum of these columns, each taken once, lies from `least` to `most`."""
        row = Row(list(columns), least, most)
        for column in row.columns:
            self._rows_of[column].append(len(self._rows))
        self._rows.append(row)
        self._solver.addRow(least, most, len(row.columns), row.columns, [1.0] * len(row.columns))

    def bound(self, column: int, least: int, most: int) -> None:
        """Other bounds for one column."""
        self._least[column], self.most[column] = least, most
        self._solver.changeColBounds(column, least, most)

    def split(self, column: int) -> int:
        """One of what the column counts, from now on counted in a column of its own."""
        self.bound(column, self._least[column], self.most[column] - 1)
        return self._add_column(1, self._rows_of[column])

    def greatest(self, gains: Mapping[int, int]) -> list[int] | None:
        """A solution with the greatest sum of column times gain; None if nothing keeps the rows."""
        if not self.most:
            return [] if all(row.least <= 0 <= row.most for row in self._rows) else None
        every = list(range(len(self.most)))
        self._solver.changeColsCost(len(every), every, [gains.get(one, 0) for one in every])
        self._solver.run()
        if not found_something(self._solver):
            return None
        solution = [round(value) for value in self._solver.getSolution().col_value]
        self._check(solution)
        return solution

    def _add_column(self, most: int, rows: Sequence[int]) -> int:
        column = len(self.most)
        self._least.append(0)
        self.most.append(most)
        self._rows_of.append(list(rows))
        for row in rows:
            self._rows[row].columns.append(column)
        self._solver.addCol(0, 0, most, len(rows), list(rows), [1.0] * len(rows))
        self._solver.changeColIntegrality(column, whole_numbers())
        return column

    def _check(self, solution: Sequence[int]) -> None:
        bounds = zip(self._least, solution, self.most, strict=True)
        kept = [least <= value <= most for least, value, most in bounds]
        for row in self._rows:
            kept.append(row.least <= sum(solution[one] for one in row.columns) <= row.most)
        if not all(kept):
            raise SolverDisagrees("what it found does not keep the rows")


def a_solver() -> Any:
    """HiGHS that maximises, in silence: made with call-backs it would print who made it."""
    from highspy import Highs, ObjSense  # noqa: PLC0415

    class WithoutCallbacks(Highs):
        def enableCallbacks(self) -> None:  # noqa: N802
            """None are used."""

    solver = WithoutCallbacks()  # type: ignore[no-untyped-call]
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0,
    }.items():
        solver.setOptionValue(option, value)
    solver.changeObjectiveSense(ObjSense.kMaximize)
    return solver


def whole_numbers() -> Any:
    from highspy import HighsVarType  # noqa: PLC0415

    return HighsVarType.kInteger


def found_something(solver: Any) -> bool:
    """Whether the solver found the best there is; False: there is nothing. Raises otherwise."""
    from highspy import HighsModelStatus  # noqa: PLC0415

    status = solver.getModelStatus()
    if status == HighsModelStatus.kOptimal:
        return True
    if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
        return False
    raise SolverDisagrees(str(status))
