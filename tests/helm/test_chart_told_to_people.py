"""What the chart tells those who watch and those who install."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helm.rendering import BARE, CHART, ROOT, WHOLE, of_kind, pods, rendered
from tests.helm.told import keys_of

pytestmark = pytest.mark.gate
README = (ROOT / "deploy/README.md").read_text()
RENDERED_TOO = """{{ define "notes" }}%s{{ end }}
kind: Notes
metadata: {name: notes}
text: {{ include "notes" . | toJson }}
"""


def test_alerts_are_those_of_every_installation() -> None:
    (rule,) = of_kind("PrometheusRule", rendered(WHOLE)).values()

    assert rule["spec"] == yaml.safe_load((ROOT / "deploy/observing/rules.yml").read_text())
    assert rule["metadata"]["labels"]["release"] == "prometheus"


def test_processes_are_watched_under_the_name_that_alerts_ask_for() -> None:
    found = rendered(WHOLE)

    (monitor,) = of_kind("PodMonitor", found).values()
    (endpoint,) = monitor["spec"]["podMetricsEndpoints"]

    assert (endpoint["port"], endpoint["path"]) == ("operations", "/metrics")
    for one in of_kind("Deployment", found).values():
        labels = one["spec"]["template"]["metadata"]["labels"]
        assert monitor["spec"]["selector"]["matchLabels"].items() <= labels.items()
        assert f'job="{labels[monitor["spec"]["jobLabel"]]}"' in str(
            of_kind("PrometheusRule", found)
        )


def test_operators_that_are_not_there_are_not_needed() -> None:
    groups = {one["apiVersion"].partition("/")[0] for one in rendered(BARE)}

    assert groups == {"v1", "apps", "batch", "policy"}


def test_chart_has_the_version_of_the_project() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert chart["version"] == chart["appVersion"] == project["version"]
    images = {spec["containers"][0]["image"] for _, spec in pods(rendered())}
    assert {image.rpartition(":")[2] for image in images} == {project["version"]}


def test_every_secret_is_described_with_its_keys() -> None:
    named = {
        spec_volume["secret"]["secretName"]
        for _, spec in pods(rendered(WHOLE))
        for spec_volume in spec["volumes"]
        if "secret" in spec_volume
    }

    for secret in (*named, "cadre-administration"):
        (row,) = re.findall(rf"^ *\| `{secret}` \| (.*) \|$", README, re.MULTILINE)
        assert set(re.findall(r"`(CADRE_[A-Z_]+)`", row)) == set(keys_of(secret))


def notes(folder: Path, values: dict[str, Any]) -> str:
    """What Helm prints after it has installed: it renders that apart from all else."""
    chart = folder / "chart"
    shutil.copytree(CHART, chart)
    text = (chart / "templates/NOTES.txt").read_text()
    (chart / "templates/notes.yaml").write_text(RENDERED_TOO % text)
    return str(of_kind("Notes", rendered(values, chart=chart))["notes"]["text"])


def test_notes_say_what_to_do_next(tmp_path: Path) -> None:
    said = notes(tmp_path, {})

    assert "helm -n training test cadre --logs" in said
    assert "https://training.example.org/registration/health/ready" in said
    assert "deployment/cadre-registration-worker" in said
    assert of_kind("Deployment", rendered())["cadre-registration-worker"]
    assert [line for line in said.splitlines() if line.startswith("NOTE")] == [
        "NOTE: nobody certifies PostgreSQL (servers.postgresql.authority): nothing says that it is "
        "the server it should be.",
        "NOTE: nobody watches yet: monitoring.pods and monitoring.rules, or deploy/observing.",
    ]


def test_notes_have_no_reproach_for_what_is_whole(tmp_path: Path) -> None:
    assert "NOTE" not in notes(tmp_path, dict(WHOLE))


def test_notes_warn_of_what_is_open(tmp_path: Path) -> None:
    said = notes(tmp_path, dict(BARE))

    assert "in the clear" in said
    assert "scaling.enabled" in said
    assert "routed to it by you" in said
