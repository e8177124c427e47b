"""Linear programs, asked again and again with small changes, and what their rows are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from .programs import a_solver, finds_the_best

DUAL, PRIMAL = 1, 4


@dataclass(frozen=True)
class Optimum:
    """The greatest value, what each column is there, and what a row would give for one more.

    `slopes` say for each column by how much the value grows with it: 0 where it is free to move."""

    value: float
    columns: Sequence[float]
    prices: Sequence[float]
    slopes: Sequence[float]


class LinearProgram:
    """Columns from 0 to a most, rows of sums between bounds. What was found is the next start.

    One that `grows` gets columns between two questions: then the primal simplex goes on from there.
    """

    def __init__(self, rows: Sequence[tuple[float, float]], grows: bool = False) -> None:
        self._solver = a_solver(
            {
                "primal_feasibility_tolerance": 1e-9,
                "dual_feasibility_tolerance": 1e-9,
                "simplex_strategy": PRIMAL if grows else DUAL,
            }
        )
        for least, most in rows:
            self.keep({}, least, most)

    def add(self, most: float, entries: Mapping[int, float], gain: float = 0.0) -> int:
        """A column more, with its coefficient in each row."""
        rows, times = list(entries), list(entries.values())
        self._solver.addCol(gain, 0.0, most, len(rows), rows, times)
        return int(self._solver.getNumCol()) - 1

    def keep(self, coefficients: Mapping[int, float], least: float, most: float) -> None:
        """A row more, with a coefficient for each column."""
        columns, times = list(coefficients), [float(one) for one in coefficients.values()]
        self._solver.addRow(least, most, len(columns), columns, times)

    def bound(self, column: int, least: float, most: float) -> None:
        """Other bounds for one column."""
        self._solver.changeColBounds(column, least, most)

    def gain(self, gains: Sequence[float]) -> None:
        """What one of each column is worth from now on."""
        self._solver.changeColsCost(len(gains), list(range(len(gains))), list(gains))

    def row(self, row: int, least: float, most: float = inf) -> None:
        """Other bounds for one row."""
        self._solver.changeRowBounds(row, least, most)

    def coefficient(self, row: int, column: int, times: float) -> None:
        """Another coefficient."""
        self._solver.changeCoeff(row, column, times)

    def greatest(self) -> Optimum | None:
        """The optimum; None if nothing keeps the rows."""
        if not finds_the_best(self._solver):
            return None
        solution = self._solver.getSolution()
        return Optimum(
            float(self._solver.getInfo().objective_function_value),
            solution.col_value,
            solution.row_dual,
            solution.col_dual,
        )
