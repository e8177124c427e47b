"""What a process shows of itself, read as Prometheus reads it."""

from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

from shared.observing.exposition import Exposition
from shared.observing.readiness import Readiness
from shared.observing.watched import Watched

Shown = Mapping[tuple[str, ...], float]


async def shown_by(*watched: Watched) -> Shown:
    """Every sample: its name and the values of its labels but the service, in the labels' order."""
    readiness = Readiness()
    readiness.begin()
    return read((await Exposition(readiness, watched).text()).decode())


def read(text: str) -> Shown:
    """A text that Prometheus could scrape."""
    return {
        (sample.name, *_in_order(sample.labels)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _in_order(labels: Mapping[str, str]) -> list[str]:
    return [value for name, value in sorted(labels.items()) if name != "service"]
