"""All counts of a process in the text format of Prometheus; loaded only where they are served."""

import asyncio
from collections.abc import Iterable, Sequence
from math import inf

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from shared.observing.measures import (
    CONNECTIONS,
    CONNECTIONS_MOST,
    READY,
    ROLE,
    SECONDS,
    Measure,
)
from shared.observing.readiness import READY as IS_READY
from shared.observing.readiness import Readiness
from shared.observing.tally import Durations, Labels, Sample
from shared.observing.watched import Watched

MEDIA_TYPE = CONTENT_TYPE_LATEST


class Exposition:
    """What a process shows of itself."""

    def __init__(self, readiness: Readiness, watched: Sequence[Watched]) -> None:
        self._readiness, self._watched = readiness, watched
        self._process = CollectorRegistry()
        ProcessCollector(registry=self._process)
        PlatformCollector(registry=self._process)

    async def text(self) -> bytes:
        """Everything, as it is now. Never raises."""
        ready = Sample(READY, (), int(await self._readiness.told() == IS_READY))
        families = _Families()
        for one, samples in zip(self._watched, await self._samples(), strict=True):
            for sample in (ready, *samples):
                families.take(one.observer.service, sample)
            for measure, labels, durations in one.observer.tally.durations():
                families.take_durations(one.observer.service, measure, labels, durations)
        counted = CollectorRegistry()
        counted.register(families)
        return generate_latest(counted) + generate_latest(self._process)

    async def _samples(self) -> list[list[Sample]]:
        read = await asyncio.gather(*(_read(one) for one in self._watched))
        return [
            [*one.observer.tally.samples(), *found]
            for one, found in zip(self._watched, read, strict=True)
        ]


class _Families(Collector):
    """Samples gathered by measure, as the client library wants them."""

    def __init__(self) -> None:
        self._by_name: dict[str, Metric] = {}

    def collect(self) -> Iterable[Metric]:
        return self._by_name.values()

    def take(self, service: str, sample: Sample) -> None:
        measure = sample.measure
        labels = _labels(measure, service, sample.labels)
        self._of(measure).add_sample(measure.name, labels, sample.value)

    def take_durations(
        self, service: str, measure: Measure, labels: Labels, durations: Durations
    ) -> None:
        named, family = _labels(measure, service, labels), self._of(measure)
        ended = 0
        for end, number in zip((*SECONDS, inf), durations.numbers, strict=True):
            ended += number
            below = {**named, "le": "+Inf" if end == inf else str(end)}
            family.add_sample(f"{measure.name}_bucket", below, ended)
        family.add_sample(f"{measure.name}_count", named, ended)
        family.add_sample(f"{measure.name}_sum", named, durations.seconds)

    def _of(self, measure: Measure) -> Metric:
        name = measure.name.removesuffix("_total")
        return self._by_name.setdefault(name, Metric(name, measure.meaning, measure.kind))


def _labels(measure: Measure, service: str, labels: Labels) -> dict[str, str]:
    return {"service": service, **dict(zip(measure.labels, labels, strict=True))}


async def _read(one: Watched) -> list[Sample]:
    found = [Sample(ROLE, (role,), 1) for role in one.roles]
    if one.readings:
        found += await one.readings.taken()
    if one.database:
        in_use, most = one.database.connections
        found += [Sample(CONNECTIONS, (), in_use), Sample(CONNECTIONS_MOST, (), most)]
    return found
