"""Spans by OpenTelemetry: loaded only where an endpoint is set.

Nothing that anybody wrote comes into them: no addresses with ids, no values, no words of errors.
The provider is our own and not the global one, which libraries would fill with whole addresses.
"""

import logging
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final
from uuid import uuid4

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
)

from shared.observing.traces import Kind, Noted, Span
from shared.refusals import Refused

KINDS: Final = {
    "internal": SpanKind.INTERNAL,
    "server": SpanKind.SERVER,
    "client": SpanKind.CLIENT,
    "producer": SpanKind.PRODUCER,
    "consumer": SpanKind.CONSUMER,
}
CALLED: Final = {
    "method": "http.request.method",
    "route": "http.route",
    "status": "http.response.status_code",
    "events": "messaging.batch.message_count",
}
"""What OpenTelemetry has a name for; all else is called ours."""
FAULT_OF_OURS: Final = 500
TRACEPARENT: Final = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
SECONDS_TO_SEND: Final = 2.0


def exporting(service: str) -> "OpenTelemetryTraces":
    """Traces that are sent over HTTP to where the environment says (`OTEL_…`)."""
    logging.getLogger("opentelemetry").setLevel(logging.ERROR)
    provider = TracerProvider(resource=resource_of(service), shutdown_on_exit=False)
    exporter = OTLPSpanExporter()
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return OpenTelemetryTraces(provider, exporter)


def resource_of(service: str) -> Resource:
    """Whose spans these are."""
    return Resource.create(
        {
            "service.name": service,
            "service.namespace": "cadre",
            "service.instance.id": str(uuid4()),
        }
    )


class OpenTelemetryTraces:
    """The spans of one service."""

    def __init__(self, provider: TracerProvider, exporter: SpanExporter | None = None) -> None:
        self._provider, self._exporter = provider, exporter
        self._tracer = provider.get_tracer("cadre")

    @contextmanager
    def span(
        self,
        name: str,
        kind: Kind = "internal",
        *,
        parent: str | None = None,
        links: Iterable[str | None] = (),
        **noted: Noted,
    ) -> Iterator[Span]:
        """A span, current until the block ends: below `parent`, else below the current one."""
        named = [found for link in links if (found := _named(link))]
        span = self._tracer.start_span(
            name,
            context=_below(parent),
            kind=KINDS[kind],
            attributes=_attributes(noted),
            links=[Link(one) for one in named],
        )
        with trace.use_span(
            span, end_on_exit=True, record_exception=False, set_status_on_exception=False
        ):
            try:
                yield _Open(span)
            except Refused as refusal:
                span.set_attribute("cadre.refusal", refusal.code())
                raise
            except Exception as error:
                _mark_failed(span, error)
                raise

    def was(self, name: str, kind: Kind, *, parent: str | None, began: int, **noted: Noted) -> None:
        """A span that ends now and began at a time in nanoseconds; none without a parent."""
        if _named(parent):
            span = self._tracer.start_span(
                name,
                context=_below(parent),
                kind=KINDS[kind],
                attributes=_attributes(noted),
                start_time=began,
            )
            span.end(time.time_ns())

    def traceparent(self) -> str | None:
        """The current span, as others may name it."""
        now = trace.get_current_span().get_span_context()
        if not now.is_valid:
            return None
        return f"00-{now.trace_id:032x}-{now.span_id:016x}-{now.trace_flags:02x}"

    def close(self) -> None:
        """Have everything sent, in bounded time."""
        giving_up = Timer(SECONDS_TO_SEND, self._exporter.shutdown) if self._exporter else None
        if giving_up:
            giving_up.start()
        self._provider.shutdown()
        if giving_up:
            giving_up.cancel()


class _Open:
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def note(self, **noted: Noted) -> None:
        self._span.set_attributes(_attributes(noted))
        if int(noted.get("status", 0)) >= FAULT_OF_OURS:
            self._span.set_status(StatusCode.ERROR)


def _mark_failed(span: trace.Span, error: Exception) -> None:
    """The kind of an error and not its words, which may quote what failed."""
    span.set_attribute("error.type", type(error).__name__)
    span.set_status(StatusCode.ERROR)


def _attributes(noted: dict[str, Noted]) -> dict[str, Noted]:
    return {CALLED.get(name, f"cadre.{name}"): value for name, value in noted.items()}


def _below(parent: str | None) -> Context:
    """The context that a span begins in: the current one, where no valid parent is named."""
    named = _named(parent)
    return trace.set_span_in_context(NonRecordingSpan(named)) if named else context.get_current()


def _named(traceparent: str | None) -> SpanContext | None:
    found = TRACEPARENT.fullmatch(traceparent or "")
    if found is None:
        return None
    of_trace, of_span, flags = (int(part, 16) for part in found.groups())
    named = SpanContext(of_trace, of_span, is_remote=True, trace_flags=TraceFlags(flags))
    return named if named.is_valid else None
