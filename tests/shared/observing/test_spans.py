"""Spans leave over HTTP for where the environment says; where nothing is, nobody is held up."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

import pytest
import pytest_asyncio
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.observing.traces import ENDPOINT, begin_traces
from tests.played import free_port

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
UNSAMPLED = f"{PARENT[:-2]}00"


class Collector:
    """Takes what is sent, as a collector of traces does."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[tuple[str, ExportTraceServiceRequest]] = []

    @property
    def endpoint(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

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


@pytest_asyncio.fixture
async def collector() -> AsyncIterator[Collector]:
    """A collector at work."""
    made = Collector()
    async with await asyncio.start_server(made.take, "127.0.0.1", made.port):
        yield made


async def test_spans_are_sent_with_the_name_of_their_service_and_in_their_trace(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "parentbased_always_on")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    monkeypatch.setenv(ENDPOINT, collector.endpoint)
    traces = begin_traces(collector.endpoint, "registration")

    with traces.span("job deliver", parent=PARENT), traces.span("send email", "client"):
        inner = traces.traceparent()
    with traces.span("not sampled", parent=UNSAMPLED):
        unsampled = traces.traceparent()
    with traces.span("nobody's", parent="00-amal-haddad-01"):
        pass
    await asyncio.to_thread(traces.close)

    [(path, request)] = collector.taken
    [resource] = request.resource_spans
    named = {one.key: one.value.string_value for one in resource.resource.attributes}
    spans = {span.name: span for scope in resource.scope_spans for span in scope.spans}
    assert path == "/v1/traces"
    assert (named["service.name"], named["service.namespace"]) == ("registration", "cadre")
    assert spans.keys() == {"job deliver", "send email", "nobody's"}
    assert spans["send email"].trace_id.hex() == PARENT.split("-")[1]
    assert spans["job deliver"].parent_span_id.hex() == PARENT.split("-")[2]
    assert inner
    assert inner.split("-")[2] == spans["send email"].span_id.hex()
    assert unsampled
    assert unsampled.endswith("-00")
    assert not spans["nobody's"].parent_span_id


async def test_collector_that_is_away_holds_up_neither_work_nor_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endpoint = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv(ENDPOINT, endpoint)
    traces = begin_traces(endpoint, "registration")

    began = perf_counter()
    for _ in range(100):
        with traces.span("commit"):
            pass
    worked = perf_counter() - began
    await asyncio.wait_for(asyncio.to_thread(traces.close), 6)

    assert worked < 1
