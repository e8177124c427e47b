"""Integer programs: the one place of the domain that knows the solver, HiGHS.

What it answers is checked here in whole numbers before anybody relies on it. It is imported when
first asked: a service starts without it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

_ENDS: ContextVar[float] = ContextVar("ends", default=inf)


class SolverDisagrees(RuntimeError):
    """The solver called something a solution that our own count finds outside the bounds."""


class TakesTooLong(Exception):
    """The time given was over before the solver had an answer: nothing is known then."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is asked of the solver in here has so many seconds in all. Raises `TakesTooLong`."""
    before = _ENDS.set(monotonic() + seconds)
    try:
        yield
    finally:
        _ENDS.reset(before)


@dataclass
class Row:
    """A sum of columns, each times its coefficient, and what it lies between; None: no end."""

    coefficients: dict[int, int]
    least: int | None
    most: int | None

    @property
    def ends(self) -> tuple[float, float]:
        """What it lies between, for the solver."""
        return (-inf if self.least is None else self.least, inf if self.most is None else self.most)

    def holds(self, solution: Sequence[int]) -> bool:
        total = sum(solution[column] * times for column, times in self.coefficients.items())
        above = self.least is None or self.least <= total
        return above and (self.most is None or total <= self.most)


class Program:
    """Whole numbers (columns), each from 0 to its own most, whose sums keep the rows.

    Rows and columns can be added between two questions. One thread, no gap, a fixed seed: the same
    program asked the same gives the same answer."""

    def __init__(self, most: Sequence[int], gap: float = 0.0) -> None:
        self._solver = a_solver({"mip_rel_gap": gap, "mip_abs_gap": 0.0})
        self.least: list[int] = []
        self.most: list[int] = []
        self.rows: list[Row] = []
        for one in most:
            self.add(one)

    def keep(self, columns: Iterable[int], least: int | None, most: int | None) -> None:
        """A row more: the sum of these columns, each taken once, lies from `least` to `most`."""
        self.keep_weighted(dict.fromkeys(columns, 1), least, most)

    def keep_weighted(
        self, coefficients: Mapping[int, int], least: int | None, most: int | None
    ) -> None:
        """A row more, with a coefficient for each column."""
        row = Row(dict(coefficients), least, most)
        self.rows.append(row)
        columns, times = list(row.coefficients), [float(one) for one in row.coefficients.values()]
        self._solver.addRow(*row.ends, len(columns), columns, times)

    def bound(self, column: int, least: int, most: int) -> None:
        """Other bounds for one column."""
        self.least[column], self.most[column] = least, most
        self._solver.changeColBounds(column, least, most)

    def bound_all(self, least: Sequence[int], most: Sequence[int]) -> None:
        """Other bounds for every column."""
        self.least, self.most = list(least), list(most)
        every = list(range(len(self.most)))
        self._solver.changeColsBounds(len(every), every, list(least), list(most))

    def add(self, most: int) -> int:
        """A column more, in no row yet."""
        column = len(self.most)
        self.least.append(0)
        self.most.append(most)
        self._solver.addCol(0, 0, most, 0, [], [])
        self._solver.changeColIntegrality(column, whole_numbers())
        return column

    def greatest(self, gains: Mapping[int, float]) -> list[int] | None:
        """A solution with the greatest sum of column times gain; None if nothing keeps the rows.

        With a `gap` the sum may be less by that part of it; `at_most` is what none passes."""
        if not self.most:
            return [] if self.keeps([]) else None
        every = list(range(len(self.most)))
        self._solver.changeColsCost(len(every), every, [gains.get(one, 0) for one in every])
        if not finds_the_best(self._solver):
            return None
        solution = [round(value) for value in self._solver.getSolution().col_value]
        if not self.keeps(solution):
            raise SolverDisagrees("what it found does not keep the rows")
        return solution

    @property
    def at_most(self) -> float:
        """What the sum of the last question can not pass, as the solver has proved."""
        return float(self._solver.getInfo().mip_dual_bound)

    def keeps(self, solution: Sequence[int]) -> bool:
        """Whether a solution lies within every bound, counted in whole numbers."""
        bounds = zip(self.least, solution, self.most, strict=True)
        within = all(least <= value <= most for least, value, most in bounds)
        return within and all(row.holds(solution) for row in self.rows)


def a_solver(options: Mapping[str, float]) -> Any:
    """HiGHS that maximises, in silence: made with call-backs it would print who made it."""
    from highspy import Highs, ObjSense  # noqa: PLC0415

    class WithoutCallbacks(Highs):
        def enableCallbacks(self) -> None:  # noqa: N802
            """None are used."""

    solver = WithoutCallbacks()  # type: ignore[no-untyped-call]
    for option, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(option, value)
    solver.changeObjectiveSense(ObjSense.kMaximize)
    return solver


def whole_numbers() -> Any:
    from highspy import HighsVarType  # noqa: PLC0415

    return HighsVarType.kInteger


def finds_the_best(solver: Any) -> bool:
    """Have the solver find the best there is; False: there is nothing. Raises `TakesTooLong`, and
    `SolverDisagrees` for any other end."""
    from highspy import HighsModelStatus  # noqa: PLC0415

    left = _ENDS.get() - monotonic()
    if left <= 0:
        raise TakesTooLong
    # The clock of a solver counts all that it was ever asked.
    solver.setOptionValue("time_limit", solver.getRunTime() + left)
    solver.run()
    status = solver.getModelStatus()
    if status == HighsModelStatus.kOptimal:
        return True
    if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
        return False
    raise TakesTooLong if status == HighsModelStatus.kTimeLimit else SolverDisagrees(str(status))
