"""What is noted of one service at work in this process: counts, and spans where there are traces.

Each place of the code tells in one line what happened there; what that is called stands here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from shared.contracts import LANGUAGE
from shared.observing.measures import (
    COMMITTED,
    DEFERRED,
    DUPLICATES,
    HANDLED,
    JOBS_ENDED,
    PARKED,
    PUBLISHED,
    RELAY_LEADS,
    RETRIED,
    STALE,
)
from shared.observing.tally import Tally
from shared.observing.traces import NO_TRACES, Span, Traces

if TYPE_CHECKING:
    from shared.contracts import Event, Fact
    from shared.jobs import Job

Account = tuple[str, str, str, int]
"""What is counted once a transaction is committed: direction, consumer, type, how many."""
ACCOUNTED: Final = {"taken-in": HANDLED, "stale": STALE, "repeated": DUPLICATES}
TRACEPARENT: Final = re.compile(rb'"traceparent":"([0-9a-f-]{55})"')


@dataclass
class Observer:
    """Counts and traces of one service."""

    service: str
    tally: Tally = field(default_factory=Tally)
    traces: Traces = NO_TRACES

    def accounted(self, accounts: Collection[Account]) -> None:
        """A transaction was committed that says this of events and jobs."""
        for direction, consumer, kind, number in accounts:
            if direction == "committed":
                self.tally.add(COMMITTED, number, kind)
            elif direction == "job":
                self.tally.add(JOBS_ENDED, number, kind, "done")
            elif measure := ACCOUNTED.get(direction):
                self.tally.add(measure, number, consumer, _known(kind))

    def published(self, rows: Sequence[Any], began: int) -> None:
        """These rows of the outbox have left it; publishing them began at a time in nanoseconds."""
        for event_type, number in Counter(row.type for row in rows).items():
            self.tally.add(PUBLISHED, number, _known(event_type))
        if self.traces is not NO_TRACES:
            for row in rows:
                parent = traceparent_in(row.body)
                self.traces.was(f"publish {row.type}", "producer", parent=parent, began=began)

    def leads(self, *, now: bool) -> None:
        """The relay of this process leads, or stands by."""
        self.tally.set(RELAY_LEADS, int(now))

    def set_aside(self, consumer: str, event_type: str, reason: str, state: str) -> None:
        """An event could not take effect when it came."""
        measure = DEFERRED if state == "waiting" else PARKED
        self.tally.add(measure, 1, consumer, _known(event_type), reason)

    def tried_again(self, consumer: str, event_type: str, reason: str | None, state: str) -> None:
        """An event that was kept took effect, waits on, or is parked now."""
        self.tally.add(RETRIED, 1, consumer, _known(event_type), state)
        if state == "parked":
            self.tally.add(PARKED, 1, consumer, _known(event_type), reason or "")

    def job_was_put_off(self, kind: str, *, for_good: bool) -> None:
        """A job could not be done now, or is given up."""
        self.tally.add(JOBS_ENDED, 1, kind, "failed" if for_good else "put_off")

    def taking(self, consumer: str, facts: Sequence[Fact[Event]]) -> AbstractContextManager[Span]:
        """The span of one transaction that takes events in: in their trace where they have one
        between them, otherwise linked to the trace of each."""
        parents = {fact.traceparent: None for fact in facts} if self.traces is not NO_TRACES else {}
        alone = next(iter(parents)) if len(parents) == 1 else None
        return self.traces.span(
            f"take {facts[0].type}",
            "consumer",
            parent=alone,
            links=() if alone else parents,
            consumer=consumer,
            events=len(facts),
        )

    def handling(self, fact: Fact[Event], *, among: int) -> AbstractContextManager[Span]:
        """The span of one event among several taken together, in the event's own trace."""
        if among == 1 or fact.traceparent is None:
            return NO_TRACES.span("")
        return self.traces.span(f"handle {fact.type}", "consumer", parent=fact.traceparent)

    def doing(self, job: Job) -> AbstractContextManager[Span]:
        """The span of one job, in the trace of what caused it."""
        return self.traces.span(
            f"job {job.kind}", "consumer", parent=job.traceparent, attempt=job.attempt
        )


def traceparent_in(body: bytes) -> str | None:
    """The trace of an encoded event, read without reading the event."""
    found = TRACEPARENT.search(body, 0, body.find(b',"data":'))
    return found.group(1).decode() if found else None


def _known(event_type: str) -> str:
    """What comes from outside may claim to be anything."""
    return event_type if event_type in LANGUAGE else "unknown"
