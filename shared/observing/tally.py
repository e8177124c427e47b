"""What one service of a process has counted since the process began: plain sums, cheap to add to.

Who reads them turns them into the form of the reader.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from shared.observing.measures import SECONDS, Measure

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One number that was counted, or read."""

    measure: Measure
    labels: Labels
    value: float


@dataclass(slots=True)
class Durations:
    """How many durations ended in each span of time, and their sum."""

    numbers: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    seconds: float = 0.0

    def take(self, seconds: float) -> None:
        """One more."""
        self.numbers[bisect_left(SECONDS, seconds)] += 1
        self.seconds += seconds


class Tally:
    """Sums by measure and labels."""

    def __init__(self) -> None:
        self._values: dict[Measure, dict[Labels, float]] = {}
        self._durations: dict[Measure, dict[Labels, Durations]] = {}

    def add(self, measure: Measure, number: float, *labels: str) -> None:
        """Count so many more."""
        of_measure = self._values.setdefault(measure, {})
        of_measure[labels] = of_measure.get(labels, 0) + number

    def set(self, measure: Measure, value: float, *labels: str) -> None:
        """Note how something stands."""
        self._values.setdefault(measure, {})[labels] = value

    def took(self, measure: Measure, seconds: float, *labels: str) -> None:
        """Note how long something took."""
        self._durations.setdefault(measure, {}).setdefault(labels, Durations()).take(seconds)

    def samples(self) -> Iterator[Sample]:
        """All counts."""
        for measure, values in self._values.items():
            for labels, value in values.items():
                yield Sample(measure, labels, value)

    def durations(self) -> Iterator[tuple[Measure, Labels, Durations]]:
        """All durations."""
        for measure, several in self._durations.items():
            for labels, durations in several.items():
                yield measure, labels, durations
