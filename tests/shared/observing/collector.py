"""A collector of traces, as other products run one: takes spans over HTTP (OTLP)."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cached_property

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, Span

from tests.servers.ports import free_port


class Collector:
    """Keeps what it was sent."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[tuple[str, ExportTraceServiceRequest]] = []

    @property
    def endpoint(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def spans(self) -> Mapping[bytes, tuple[str, Span]]:
        """By id, with the name of the service; once everything was sent."""
        return {
            span.span_id: (_service(resource), span)
            for _, request in self.taken
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        }

    def path_to(self, span: Span) -> list[str]:
        """What led to a span, from the first on: `service: name`."""
        service, _ = self.spans[span.span_id]
        _, before = self.spans.get(span.parent_span_id, ("", None))
        return [*(self.path_to(before) if before else []), f"{service}: {span.name}"]

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, whose body is sent in one piece."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1])
            for line in head.split("\r\n")
            if line.lower().startswith("content-length")
        )
        body = await reader.readexactly(length)
        self.taken.append((head.split(" ")[1], ExportTraceServiceRequest.FromString(body)))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    """A collector at work."""
    made = Collector()
    async with await asyncio.start_server(made.take, "127.0.0.1", made.port):
        yield made


def _service(spans: ResourceSpans) -> str:
    named: dict[str, str] = {one.key: one.value.string_value for one in spans.resource.attributes}
    return named["service.name"]
