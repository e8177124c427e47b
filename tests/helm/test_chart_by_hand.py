"""A command of a service is run once, with what it has, while its own processes stand still."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from shared.contracts.listeners import LISTENERS
from shared.process.environment import Environment
from tests.encryption.authority import Authority
from tests.helm.rendering import ROOT, WHOLE, HelmRefuses, of_kind, pods, rendered
from tests.helm.told import Told

pytestmark = pytest.mark.gate
NAME = "cadre-scheduling-by-hand"
RECIPE = (ROOT / "deploy/README.md").read_text().partition("After a restore of one service")[2]
KUBECTL = """#!/bin/sh
case "$*" in *" get job/"*) echo FailureTarget Failed ;; *) cat ;; esac
"""
"""A cluster in which every command that is run by hand fails."""


def by_hand(service: str, *args: str) -> dict[str, object]:
    """Values for one command."""
    return {"byHand": {"service": service, "args": args}}


def test_nothing_of_it_is_installed() -> None:
    assert not [name for name in of_kind("Job", rendered(WHOLE)) if name.endswith("by-hand")]


@pytest.mark.parametrize("service", LISTENERS)
def test_a_command_is_told_what_the_doctor_is(service: str, tmp_path: Path) -> None:
    asked = ("doctor", "--after-restore", "--json")

    found = dict(pods(rendered(WHOLE, by_hand(service, *asked))))

    job, doctor = found[f"cadre-{service}-by-hand"], found[f"cadre-{service}-doctor"]
    (command,), (examined,) = job["containers"], doctor["containers"]
    assert command == {**examined, "args": [*asked]}
    assert (job["volumes"], job["restartPolicy"]) == (doctor["volumes"], "Never")
    told = Told(job, tmp_path, Authority("ours").pem)
    assert Environment(told).settings().installation == "training"


def test_it_is_let_out_to_the_archive_as_the_doctor_is() -> None:
    found = rendered(WHOLE, by_hand("scheduling", "catch-up"))

    job, doctor = of_kind("Job", found)[NAME], of_kind("Pod", found)["cadre-scheduling-doctor"]

    labels = job["spec"]["template"]["metadata"]["labels"]
    assert labels.items() <= doctor["metadata"]["labels"].items()
    assert job["spec"]["backoffLimit"] == 0


def test_a_service_that_there_is_not_is_refused() -> None:
    with pytest.raises(HelmRefuses):
        rendered(by_hand("payroll", "migrate"))


def test_the_recipe_names_what_the_chart_makes() -> None:
    found = rendered(WHOLE, by_hand("scheduling", "migrate"))
    made = {
        f"{kind.lower()}/{name}"
        for kind in ("Deployment", "Job", "ScaledObject")
        for name in of_kind(kind, found)
    }

    named = re.findall(r"(deployment|job|scaledobject)[/ ](cadre-NAME-[a-z-]+)", RECIPE)

    assert len(named) > 6
    assert {f"{kind}/{one.replace('NAME', 'scheduling')}" for kind, one in named} <= made


def test_the_recipe_does_not_wait_for_a_command_that_has_failed(tmp_path: Path) -> None:
    for name, script in (("kubectl", KUBECTL), ("helm", "#!/bin/sh\n")):
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    (by_hand,) = re.findall(r"^by_hand\(\) \{\n.*?^\}$", RECIPE, re.MULTILINE | re.DOTALL)

    done = subprocess.run(
        ["sh", "-euc", f"{by_hand}\nby_hand migrate"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=20,
    )

    assert (done.stdout.split(), done.returncode) == (["FailureTarget", "Failed"], 0), done.stderr
