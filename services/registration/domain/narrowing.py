"""The best solution of a program by an order of preference: the first wish decides, then the next.

Most wishes are settled by a linear program, whose prices prove that no solution has more of what is
wished than the best one known (`proofs.py`). Where they prove too little, the integer program is
asked. What no better solution can have is left out from then on: soon only few columns are open."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile

from .linear import LinearProgram
from .programs import Program, SolverDisagrees
from .proofs import Proof, proof_of

Gains = Mapping[int, int]
NEARLY = 1e-6


class Narrowing:
    """`best` keeps every row, and no solution is preferred to it in what was wished so far."""

    def __init__(self, program: Program, best: list[int]) -> None:
        self.best = best
        self._program = program
        self._linear = LinearProgram([])
        for least, most in zip(program.least, program.most, strict=True):
            self._linear.bound(self._linear.add(most, {}), least, most)
        for row in program.rows:
            self._linear.keep(row.coefficients, *row.ends)

    @classmethod
    def of(cls, program: Program, gains: Gains) -> "Narrowing | None":
        """From a solution with the greatest sum of the gains; None: nothing keeps the rows."""
        best = program.greatest(gains)
        return None if best is None else cls(program, best)

    def settle(self, digits: Sequence[Sequence[int]]) -> None:
        """As many of the first columns as can be, then of the second ones …"""
        self._go_through(digits, self.raise_sum)

    def settle_one_by_one(self, columns: Iterable[int]) -> None:
        """One more of the first column if that can be, then of the second … A column may come
        again; one that could have no more is passed over from then on."""
        self._go_through([(column,) for column in columns], self._take_one_more)

    def raise_sum(self, columns: Iterable[int], gain: int = 1) -> None:
        """As many of these columns as can be, or as few with a gain of -1; so it stays."""
        gains = dict.fromkeys(filter(self._is_open, columns), gain)
        if all(self.best[one] == self._end(one, gain) for one in gains):
            self._close(gains)
            return
        proof = self._improve(gains)
        self._leave_out(proof, gains)
        value = sum(self.best[one] for one in gains)
        if any(map(self._is_open, gains)):
            self._program.keep(gains, value, value)
            self._linear.keep(dict.fromkeys(gains, 1), value, value)

    def reach(self, value: int, gains: Gains) -> Proof | None:
        """Have the best solution be worth so much, by any gains. Where none is: what was proved of
        it; that may be too little, and it is the word of the integer program."""
        proof = self._improve(gains, value)
        return None if worth(self.best, gains) >= value else proof

    def _take_one_more(self, columns: Iterable[int]) -> None:
        for column in filter(self._is_open, columns):
            certain = self._program.least[column]
            if self.best[column] == certain:
                self._improve({column: 1}, certain + 1)
            if self.best[column] == certain:
                self._close([column])
            else:
                self._bound(column, certain + 1, self._program.most[column])

    def _go_through(
        self, digits: Sequence[Sequence[int]], settle: Callable[[Sequence[int]], None]
    ) -> None:
        """Each in turn; of which the best solution has none, many are closed at once if it can be
        proved of all of them, else of half as many …"""
        at = 0
        while at < len(digits):
            empty = list(takewhile(self._is_empty, digits[at:]))
            while len(empty) > 1 and not self._stay_empty(empty):
                empty = empty[: len(empty) // 2]
            if len(empty) < 2:
                settle(digits[at])
            at += max(1, len(empty))

    def _is_empty(self, columns: Iterable[int]) -> bool:
        return all(self.best[one] == self._program.least[one] for one in columns)

    def _stay_empty(self, digits: Iterable[Sequence[int]]) -> bool:
        """Whether no solution has more of these columns than is certain; they are closed then."""
        gains = {one: 1 for columns in digits for one in columns if self._is_open(one)}
        if gains:
            proof = self._prove(gains)
            if proof.allows(sum(self._program.least[one] for one in gains) + 1):
                return False
            self._close(gains)
            self._leave_out(proof, gains)
        return True

    def _improve(self, gains: Gains, enough: int | None = None) -> Proof:
        """Have the best solution be worth most, or `enough`, by these gains."""
        proof = self._prove(gains)
        for ask in (self._between, self._program.greatest):
            known = worth(self.best, gains)
            if not proof.allows(known + 1) or (enough is not None and known >= enough):
                break
            self._take_if_better(ask(gains), gains)
        return proof

    def _prove(self, gains: Gains) -> Proof:
        """What no solution can pass; a better one that comes along is kept."""
        self._linear.gain([gains.get(one, 0) for one in range(len(self.best))])
        optimum = self._linear.greatest()
        if optimum is None:
            raise SolverDisagrees("it finds nothing where there is a solution")
        self._ideal = optimum.columns
        whole = [round(value) for value in self._ideal]
        if all(abs(a - b) < NEARLY for a, b in zip(whole, self._ideal, strict=True)):
            self._take_if_better(whole if self._program.keeps(whole) else None, gains)
        return proof_of(self._program, gains, optimum.prices)

    def _between(self, gains: Gains) -> list[int] | None:
        """The best of the solutions that differ from the one known only where the linear program
        does: a small program, and mostly it has what the large one would find."""
        ends = self._program.least, self._program.most
        least, most = map(list, ends)
        for column, (value, ideal) in enumerate(zip(self.best, self._ideal, strict=True)):
            if abs(value - ideal) < NEARLY:
                least[column] = most[column] = value
        self._program.bound_all(least, most)
        found = self._program.greatest(gains)
        self._program.bound_all(*ends)
        return found

    def _take_if_better(self, solution: list[int] | None, gains: Gains) -> None:
        if solution is not None and worth(solution, gains) > worth(self.best, gains):
            self.best = solution

    def _leave_out(self, proof: Proof, gains: Gains) -> None:
        """Close columns as far as the sum of the gains would be less than it is now."""
        for column, steps in proof.room(worth(self.best, gains)).items():
            least, most = self._program.least[column], self._program.most[column]
            if proof.slopes[column] < 0:
                self._bound(column, least, min(most, least + steps))
            else:
                self._bound(column, max(least, most - steps), most)

    def _close(self, columns: Iterable[int]) -> None:
        for column in columns:
            self._bound(column, self.best[column], self.best[column])

    def _bound(self, column: int, least: int, most: int) -> None:
        self._program.bound(column, least, most)
        self._linear.bound(column, least, most)

    def _is_open(self, column: int) -> bool:
        return self._program.least[column] < self._program.most[column]

    def _end(self, column: int, gain: int) -> int:
        return self._program.most[column] if gain > 0 else self._program.least[column]


def worth(solution: Sequence[int], gains: Gains) -> int:
    return sum(solution[column] * gain for column, gain in gains.items())
