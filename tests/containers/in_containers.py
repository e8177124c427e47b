"""What only a container engine can show (`make containers`): images, the sample, sudden death."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.contracts.listeners import LISTENERS
from tests.containers.composed import ROOT
from tests.containers.engine import Composed, composed, docker, inspected
from tests.containers.test_settings import KNOWN_BY_PEOPLE

pytestmark = pytest.mark.timeout(1200)
SCALE = ("--scale", "registration-worker=3")
VICTIMS = ("registration-worker", "registration-relay", "notifications-worker", "scheduling-relay")
TOKEN = ("python", "-m", "services.registration", "token", "--role", "admin")
TOLD_BEFORE_IT_BEGAN = 128 + signal.SIGTERM
SECONDS_BETWEEN_DEATHS = 8.0


@pytest.fixture(scope="module")
def sample() -> Iterator[Composed]:
    """The sample, healthy, with three workers of one service."""
    with composed() as project:
        project.run("--profile", "demo", "up", "--build", "--wait", *SCALE)
        yield project


def test_nothing_starts_before_somebody_chose_secrets() -> None:
    with composed() as project:
        started = project.run("up", "--build", "--wait", check=False)

        said = project.run("logs", "settings").stdout
        running = project.run("ps", "--quiet").stdout.split()

    assert started.returncode != 0
    assert "CADRE_LINK_KEY_REGISTRATION is not set" in said
    assert running == []


def test_installation_in_earnest_has_neither_mailbox_nor_issuer(tmp_path: Path) -> None:
    told = tmp_path / ".env"
    begin = ("run", "--rm", "-T", "new-settings", "--origin", "https://training.example.org")
    with composed() as project:
        begun = project.run(*begin).stdout
    told.write_text("\n".join([begun, *(f"{name}='{it}'" for name, it in KNOWN_BY_PEOPLE.items())]))

    with composed(told) as project:
        project.run("up", "--wait")
        with httpx.Client(base_url=project.origin, trust_env=False) as visitor:
            paths = ("/", "/mailbox/", "/personas/link", "/registration/story", "/metrics")
            found = {path: visitor.get(path).status_code for path in paths}
        running = project.run("ps", "--services").stdout.split()
        token = project.run("exec", "registration-api", *TOKEN, check=False)

    assert found == {"/": 200} | dict.fromkeys(paths[1:], 404)
    assert not {"mailbox", "sample"} & set(running)
    assert "CADRE_ISSUER_KEY" in token.stderr


@pytest.mark.parametrize("service", LISTENERS)
def test_image_holds_one_service_for_any_user(service: str, sample: Composed) -> None:
    image = f"cadre-{service}:latest"
    looking = ("run", "--rm", "--read-only", "--network", "none", "--user", "4321:4321")

    listed = docker(*looking, "--entrypoint", "ls", image, "/cadre/services").split()
    asked = docker(*looking, "--tmpfs", "/tmp", image, "--help")
    written = docker(*looking, "--entrypoint", "find", image, "/cadre", "/packages", "-writable")
    users = json.loads(docker("image", "inspect", "--format", "{{json .Config.User}}", image))

    assert sorted(one for one in listed if one != "__pycache__") == ["__init__.py", service]
    assert f"services.{service}" in asked
    assert written == ""
    assert users == "10001:10001"


def test_course_is_played_through_the_proxy_while_containers_die(sample: Composed) -> None:
    playing = subprocess.Popen(
        [*sample.command, "run", "--rm", "-T", "demo"],
        cwd=ROOT,
        env=sample.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    killed = 0
    while playing.poll() is None:
        time.sleep(SECONDS_BETWEEN_DEATHS)
        victim = sample.containers(VICTIMS[killed % len(VICTIMS)])[0]
        docker("kill", "--signal", "KILL", victim)
        docker("start", victim)
        killed += 1
    told, complaints = playing.communicate()

    account: dict[str, Any] = json.loads(told.splitlines()[-1])
    assert playing.returncode == 0, complaints[-2000:]
    assert killed >= len(VICTIMS)
    assert (account["lost"], account["doubled"], account["unsettled"]) == (0, 0, 0)
    assert (account["countries"], account["confirmed"], account["certificates"]) == (9, 25, 25)


def test_proxy_shows_the_product_and_nothing_of_its_operation(sample: Composed) -> None:
    with httpx.Client(base_url=sample.origin, trust_env=False) as visitor:
        found = {
            path: visitor.get(path).status_code
            for path in ("/", "/registration/docs", "/events", "/mailbox/", "/metrics")
        }
        ports = docker("ps", "--filter", f"name={sample.project}", "--format", "{{.Ports}}")

    expected = {"/": 200, "/registration/docs": 200, "/events": 200, "/mailbox/": 200}
    assert found == {**expected, "/metrics": 404}
    assert ports.count("->") == 1


def test_what_is_told_to_stop_has_drained_before_its_time_is_over(sample: Composed) -> None:
    began = time.monotonic()
    sample.run("stop", "scheduling-worker", "scheduling-relay", "scheduling-api")
    seconds = time.monotonic() - began

    codes = {
        inspected(one)["State"]["ExitCode"]  # type: ignore[index]
        for role in ("worker", "relay", "api")
        for one in sample.containers(f"scheduling-{role}")
    }

    assert seconds < 40
    assert codes <= {0, TOLD_BEFORE_IT_BEGAN}
