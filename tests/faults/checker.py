"""Counts what became of a stream of numbered commands, as Jepsen's total-queue checker does."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields


@dataclass
class Stream:
    """What clients tried, and what they were told was done; by name, while faults happen."""

    attempted: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Verdict:
    """What became of a stream at one place where each command has one effect.

    lost: acknowledged, and without effect. duplicated: effects beyond the first. unexpected:
    effects of what nobody tried. recovered: done, though its client was never told so. unsettled:
    without effect as far as is known, and on record as such.
    """

    lost: frozenset[str] = frozenset()
    duplicated: Mapping[str, int] = field(default_factory=dict)
    unexpected: frozenset[str] = frozenset()
    recovered: frozenset[str] = frozenset()
    unsettled: frozenset[str] = frozenset()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is there that must not be."""
        return not (self.lost or self.duplicated or self.unexpected)


def judge(stream: Stream, effects: Counter[str], unsettled: Collection[str] = ()) -> Verdict:
    """What became of a stream; `effects` says how often each command was seen to have one."""
    seen = {name for name, times in effects.items() if times > 0}
    doubtful = frozenset(unsettled) - seen
    return Verdict(
        lost=frozenset(stream.acknowledged - seen - doubtful),
        duplicated={name: times - 1 for name, times in effects.items() if times > 1},
        unexpected=frozenset(seen - stream.attempted),
        recovered=frozenset((seen & stream.attempted) - stream.acknowledged),
        unsettled=doubtful,
    )


@dataclass
class Account:
    """What one run comes to; what must be 0 is named in `wrong`."""

    faults: dict[str, int] = field(default_factory=dict)
    not_reached: dict[str, int] = field(default_factory=dict)
    """Tries of which nothing came; another may have done the same harm."""
    never_done: list[str] = field(default_factory=list)
    """Harm that was asked for, and that this machine can do."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Harm that this machine can not do, and why."""
    broken_off: str = ""
    """What ended the run before its time."""
    ended_by_themselves: int = 0
    """Processes that nobody killed, and no harm explains."""
    ended_for_want: int = 0
    """Those that ended while what they need was away."""
    internal_errors: int = 0
    """Answers that blame the product, and no harm explains."""
    errors_for_want: int = 0
    events: int = 0
    attempted: int = 0
    acknowledged: int = 0
    lost: int = 0
    duplicated: int = 0
    unexpected: int = 0
    recovered: int = 0
    unsettled: int = 0
    regressions: int = 0
    left_over: int = 0

    def add(self, stream: Stream, verdicts: Collection[Verdict]) -> None:
        """Count a stream, by every place where its effects were looked for."""
        self.attempted += len(stream.attempted)
        self.acknowledged += len(stream.acknowledged)
        self.recovered += len(frozenset().union(*(one.recovered for one in verdicts)))
        for one in verdicts:
            self.lost += len(one.lost)
            self.duplicated += sum(one.duplicated.values())
            self.unexpected += len(one.unexpected)
            self.unsettled += len(one.unsettled)

    @property
    def wrong(self) -> dict[str, int]:
        """What must be 0 and is not."""
        must = ["lost", "duplicated", "unexpected", "regressions", "left_over"]
        must += ["ended_by_themselves", "internal_errors"]
        found = {name: getattr(self, name) for name in must}
        found["never_done"] = len(self.never_done)
        found["broken_off"] = int(bool(self.broken_off))
        found["nothing_acknowledged"] = int(not self.acknowledged)
        return {name: number for name, number in found.items() if number}

    def told(self) -> dict[str, object]:
        """For the last line of a run."""
        return {one.name: getattr(self, one.name) for one in fields(self)}
