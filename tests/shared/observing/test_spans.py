"""Spans leave over HTTP for where the environment says; where nothing is, nobody is held up."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

import pytest
import pytest_asyncio

from shared.observing.traces import ENDPOINT, begin_traces
from tests.servers.ports import free_port
from tests.shared.observing.collector import Collector, collecting

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
UNSAMPLED = f"{PARENT[:-2]}00"


@pytest_asyncio.fixture
async def collector() -> AsyncIterator[Collector]:
    """A collector at work."""
    async with collecting() as made:
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
