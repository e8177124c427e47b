"""Traces, as the services know them: spans that follow one another across processes.

The context of a trace travels in our own envelopes and rows, as W3C `traceparent`. Off unless
`OTEL_EXPORTER_OTLP_ENDPOINT` is set: then nothing is kept, and no library of it is loaded.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Final, Literal, Protocol

ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
"""Where spans go (OTLP over HTTP); what else can be set there has the names of OpenTelemetry."""
Kind = Literal["internal", "server", "client", "producer", "consumer"]
Noted = str | int | bool


class Span(Protocol):
    """A span that has not ended."""

    def rename(self, name: str) -> None:
        """Call it what only now is known."""
        ...

    def note(self, **noted: Noted) -> None:
        """Note something about it: codes and numbers, never what people wrote."""
        ...


class Traces(Protocol):
    """Where the spans of one service go."""

    def span(
        self,
        name: str,
        kind: Kind = "internal",
        *,
        parent: str | None = None,
        links: Iterable[str | None] = (),
        **noted: Noted,
    ) -> AbstractContextManager[Span]:
        """A span, current until the block ends: below `parent`, else below the current one."""
        ...

    def was(self, name: str, kind: Kind, *, parent: str | None, began: int, **noted: Noted) -> None:
        """A span that ends now and began at a time in nanoseconds; none without a parent."""
        ...

    def traceparent(self) -> str | None:
        """The current span, as others may name it."""
        ...

    def close(self) -> None:
        """Have everything sent, in bounded time."""
        ...


class NoSpan:
    """Nothing is kept."""

    def rename(self, name: str) -> None:
        """Nothing."""

    def note(self, **noted: Noted) -> None:
        """Nothing."""


class NoTraces:
    """Nothing is traced."""

    def __init__(self) -> None:
        self._nothing = nullcontext(NoSpan())

    def span(
        self,
        name: str,
        kind: Kind = "internal",
        *,
        parent: str | None = None,
        links: Iterable[str | None] = (),
        **noted: Noted,
    ) -> AbstractContextManager[Span]:
        """Nothing."""
        return self._nothing

    def was(self, name: str, kind: Kind, *, parent: str | None, began: int, **noted: Noted) -> None:
        """Nothing."""

    def traceparent(self) -> str | None:
        """None."""
        return None

    def close(self) -> None:
        """Nothing."""


NO_TRACES: Final[Traces] = NoTraces()


def begin_traces(endpoint: str | None, service: str) -> Traces:
    """The traces of one service in this process; none without an endpoint."""
    if not endpoint:
        return NO_TRACES
    begun: Traces = import_module("shared.observing.spans").exporting(service)
    return begun
