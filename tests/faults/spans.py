"""What was noted in a run, and whether something was away then that would explain it."""

import time
from dataclasses import dataclass, field

SECONDS_TO_RECOVER = 10.0


@dataclass(frozen=True)
class Noted:
    """Something that should not happen by itself, and when it did."""

    what: str
    at: float = field(default_factory=time.monotonic)


@dataclass
class Spans:
    """When servers, ways or files were away; what comes soon after counts with it."""

    _spans: list[tuple[float, float]] = field(default_factory=list)

    def add(self, began: float) -> None:
        """Something was away from then until now."""
        self._spans.append((began, time.monotonic()))

    def explain(self, noted: Noted) -> bool:
        """Whether something was away at that moment, or just before."""
        return any(began <= noted.at <= ended + SECONDS_TO_RECOVER for began, ended in self._spans)
