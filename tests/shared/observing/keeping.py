"""Spans as a test keeps and reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.observing.observer import Observer
from shared.observing.spans import OpenTelemetryTraces, resource_of


@dataclass
class Kept:
    """All spans of several services."""

    exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)

    def of(self, *observers: Observer) -> None:
        """Keep the spans of these from now on."""
        for observer in observers:
            provider = TracerProvider(resource=resource_of(observer.service))
            provider.add_span_processor(SimpleSpanProcessor(self.exporter))
            observer.traces = OpenTelemetryTraces(provider)

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        """Those that have ended."""
        return self.exporter.get_finished_spans()

    def named(self, name: str) -> list[ReadableSpan]:
        """Those of one name."""
        return [span for span in self.spans if span.name == name]

    def path_to(self, span: ReadableSpan) -> list[str]:
        """Whose span it is, and of what it is a part, from the first on."""
        return [f"{_service(one)}: {one.name}" for one in reversed(list(self._ancestry(span)))]

    def _ancestry(self, span: ReadableSpan) -> Iterator[ReadableSpan]:
        by_id: Mapping[int, ReadableSpan] = {
            one.context.span_id: one for one in self.spans if one.context
        }
        now: ReadableSpan | None = span
        while now is not None:
            yield now
            now = by_id.get(now.parent.span_id) if now.parent else None


def trace_of(span: ReadableSpan) -> int:
    """The trace a span belongs to."""
    assert span.context
    identity: int = span.context.trace_id
    return identity


def _service(span: ReadableSpan) -> str:
    return str(span.resource.attributes["service.name"])
