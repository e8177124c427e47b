"""Alerts and dashboard ask for what there is, and every alert has a word on what to do."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from shared.contracts.listeners import LISTENERS
from shared.observing import measures
from shared.observing.measures import Measure
from tests.services.embedded.served import ROOT
from tests.shared.observing.shown import shown_by

OBSERVING = ROOT / "deploy" / "observing"
IN_TIME = Path(__file__).parent / "rules_in_time.yml"
OF_PROMETHEUS = {"up"}
OF_HISTOGRAMS = ("_bucket", "_count", "_sum")
pytestmark = pytest.mark.gate


def rules() -> list[dict[str, Any]]:
    [group] = yaml.safe_load((OBSERVING / "rules.yml").read_text())["groups"]
    listed: list[dict[str, Any]] = group["rules"]
    return listed


def panels() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((OBSERVING / "dashboard.json").read_text())["panels"]
    return listed


def asked_for(expression: str) -> Iterator[tuple[str, set[str]]]:
    """The metrics that an expression names, each with the labels it picks by. Raises when it is
    none."""
    selectors: list[promql_parser.VectorSelector] = []

    def visit(node: promql_parser.Expr) -> bool:
        if isinstance(node, promql_parser.VectorSelector):
            selectors.append(node)
        return True

    promql_parser.walk(promql_parser.parse(expression), pre_visit=visit)
    for selector in selectors:
        picked = {matcher.name for matcher in selector.matchers.matchers}
        yield selector.name or "", picked


def expressions() -> list[str]:
    targets = [target["expr"] for panel in panels() for target in panel.get("targets", ())]
    return [*(rule["expr"] for rule in rules()), *targets]


async def there() -> dict[str, set[str]]:
    """What a process shows, and by which labels it may be picked."""
    found = {name: {"job", "instance"} for name in OF_PROMETHEUS}
    found |= {name: {"job", "instance"} for (name, *_) in await shown_by()}
    for measure in vars(measures).values():
        if isinstance(measure, Measure):
            labels = {"job", "instance", "service", *measure.labels}
            endings = OF_HISTOGRAMS if measure.kind == "histogram" else ("",)
            found |= {f"{measure.name}{ending}": labels | {"le"} for ending in endings}
    return found


async def test_every_metric_and_label_asked_for_is_one_that_a_process_shows() -> None:
    known = await there()

    for expression in expressions():
        for name, labels in asked_for(expression):
            assert name in known, expression
            assert labels <= known[name], expression


async def test_every_measure_is_looked_at_somewhere() -> None:
    asked = {name for one in expressions() for name, _ in asked_for(one)}

    unseen = {
        measure.name
        for measure in vars(measures).values()
        if isinstance(measure, Measure)
        and not asked & {f"{measure.name}{ending}" for ending in ("", *OF_HISTOGRAMS)}
    }

    assert unseen == set()


def test_every_role_of_every_service_is_missed_where_nobody_has_it() -> None:
    [vacant] = [rule["expr"] for rule in rules() if rule["alert"] == "CadreRoleIsVacant"]

    missed = re.findall(r'absent\(cadre_role\{service="(\w+)", role="(\w+)"\}\)', vacant)

    assert missed == list(product(LISTENERS, ("api", "worker", "relay")))
    assert vacant.count("absent(") == len(missed)


def test_every_alert_says_what_it_means_and_what_to_do() -> None:
    explained = re.findall(r"^\| (Cadre\w+) \|", (OBSERVING / "README.md").read_text(), re.M)

    assert explained == [rule["alert"] for rule in rules()]
    for rule in rules():
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]


def test_summaries_name_only_labels_that_the_alert_keeps() -> None:
    for rule in rules():
        named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        kept = {"instance", "service"} | set(re.findall(r"\w+", _grouped(rule["expr"])))
        assert named <= kept, rule["alert"]


def test_dashboard_is_one_whose_panels_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not taken & cells, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_where_promtool_is_at_hand_it_takes_the_rules_and_has_them_fire_when_they_should() -> None:
    program = shutil.which("promtool")
    checked = ("check", "config", str(OBSERVING / "prometheus.yml"))
    played = ("test", "rules", str(IN_TIME))

    for command in (checked, played) if program else ():
        told = subprocess.run([program or "", *command], capture_output=True, text=True)
        assert told.returncode == 0, told.stdout + told.stderr


def _grouped(expression: str) -> str:
    return " ".join(re.findall(r"by \(([^)]*)\)", expression))
