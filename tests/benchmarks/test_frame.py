"""How benchmarks are chosen, and how their figures are told; none is run here."""

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest

from tests.benchmarks.__main__ import benchmarks, main
from tests.benchmarks.messaging.measuring import figures_of
from tests.benchmarks.messaging.telling import LINES, table
from tests.benchmarks.tables import columns


def made_up(name: str) -> Callable[..., Mapping[str, Any]]:
    """A benchmark that measures nothing, and says with what size it was run."""

    def run(size: int = 100) -> Mapping[str, Any]:
        return {"of": name, "size": size}

    return run


@pytest.fixture
def nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every benchmark is there, and quick."""
    for name in benchmarks():
        benchmark = import_module(f"tests.benchmarks.{name}")
        monkeypatch.setattr(benchmark, "run", made_up(name))
        monkeypatch.setattr(benchmark, "table", str)


@pytest.mark.usefixtures("nothing_is_measured")
def test_one_benchmark_tells_its_figures_as_the_last_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["messaging", "--size", "5"]) == 0

    last = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(last) == {"of": "messaging", "size": 5}


@pytest.mark.usefixtures("nothing_is_measured")
def test_all_benchmarks_tell_their_figures_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0

    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["messaging"] == {"of": "messaging", "size": 100}
    assert set(last) == set(benchmarks())


def test_messaging_compares_the_medians_of_ours_and_of_each_peer() -> None:
    rates = {name: [1.0, 10.0, 900.0] for _, name, _ in LINES}
    ours = {"consumer": [40.0], "relay": [80.0], "chain": [200.0], "consumer_unpacked": [15.0]}

    figures = figures_of(rates | ours, [3.0, 12.04, 90.0])

    assert figures["consumer_vs_faststream"] == figures["consumer_vs_celery"] == 4.0
    assert figures["relay_vs_single_confirm"] == 8.0
    assert (figures["chain_vs_naive"], figures["chain_events_per_second"]) == (20.0, 200)
    assert figures["idle_latency_ms"] == 12.0
    assert figures["consumer_unpacked_vs_faststream"] == 1.5
    servers = {"events": 1, "bytes": 1, "postgresql": "local", "rabbitmq": "local"}
    assert "× 20.0" in table(figures | servers)


def test_a_benchmark_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["dancing"])

    assert "there is no dancing" in capsys.readouterr().err


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    table = columns(("", "events/s"), [("ours", "12,000"), ("theirs, one by one", "9")])

    assert table.splitlines() == [
        "                    events/s",
        "----------------------------",
        "ours                  12,000",
        "theirs, one by one         9",
    ]
