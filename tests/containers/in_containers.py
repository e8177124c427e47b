"""What only a container engine can show (`make containers`): images, the sample, sudden death."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest

from shared.contracts.listeners import LISTENERS
from tests.containers.composed import ROOT, read
from tests.containers.engine import Composed, composed, docker, inspected
from tests.containers.test_settings import KNOWN_BY_PEOPLE

pytestmark = pytest.mark.timeout(1200)
SCALE = ("--scale", "registration-worker=3")
VICTIMS = ("registration-worker", "registration-relay", "notifications-worker", "scheduling-relay")
TOKEN = ("python", "-m", "services.registration", "token", "--role", "admin")
BACKUP = ("run", "--rm", "--no-deps", "-T", "backup")
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


@pytest.fixture(scope="module")
def in_earnest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """An installation that is no sample; its secrets are files."""
    folder = tmp_path_factory.mktemp("in-earnest")
    begin = ("run", "--rm", "-T", "new-settings", "--origin", "https://training.example.org")
    with composed() as project:
        begun = project.run(*begin).stdout
    chosen = dict(line.split("=", 1) for line in begun.splitlines() if line[:1] not in "#")
    chosen |= KNOWN_BY_PEOPLE | {"CADRE_SMTP_PASSWORD": "", "CADRE_SMTP_INQUIRY_KEY": ""}
    in_files = read("deploy/compose/secrets.yml")["secrets"]
    for name in in_files:
        file = folder / name
        file.write_text(chosen.pop(name))
        file.chmod(0o444)
    (folder / "backups").mkdir()
    (folder / "backups").chmod(0o777)
    chosen |= {"CADRE_SECRETS": str(folder), "CADRE_BACKUPS": str(folder / "backups")}
    told = folder / ".env"
    told.write_text("\n".join(f"{name}='{it}'" for name, it in chosen.items()))
    with composed(told, "deploy/compose/secrets.yml") as project:
        project.run("up", "--build", "--wait")
        yield project


def test_installation_in_earnest_has_neither_mailbox_nor_issuer(in_earnest: Composed) -> None:
    with in_earnest.visitor() as visitor:
        paths = ("/", "/mailbox/", "/personas/link", "/registration/story", "/metrics")
        found = {path: visitor.get(path).status_code for path in paths}
    running = in_earnest.run("ps", "--services").stdout.split()
    token = in_earnest.run("exec", "registration-api", *TOKEN, check=False)

    assert found == {"/": 200} | dict.fromkeys(paths[1:], 404)
    assert not {"mailbox", "sample"} & set(running)
    assert "CADRE_ISSUER_KEY" in token.stderr


def test_installation_is_saved_and_restored_by_its_own_containers(in_earnest: Composed) -> None:
    saved = in_earnest.run(*BACKUP, "save", "--to", "/backups/cadre.backup").stdout
    in_earnest.run("down", "--timeout", "45")
    docker("volume", "rm", f"{in_earnest.project}_postgres", f"{in_earnest.project}_rabbitmq")
    in_earnest.run("up", "--wait", "postgres", "rabbitmq")

    restored = in_earnest.run(*BACKUP, "restore", "--from", "/backups/cadre.backup").stdout
    in_earnest.run("up", "--wait")
    with in_earnest.visitor() as visitor:
        ready = {visitor.get(f"/{one}/health/ready").status_code for one in LISTENERS}

    as_of = saved.strip().rpartition("as of ")[2]
    assert restored.startswith(f"registration, scheduling, notifications, reporting: as of {as_of}")
    assert ready == {200}


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

    assert playing.returncode == 0, complaints[-2000:]
    account: dict[str, Any] = json.loads(told.splitlines()[-1])
    assert killed >= len(VICTIMS)
    assert (account["lost"], account["doubled"]) == (0, 0)
    assert (account["refused"], account["unsettled"]) == (0, 0)
    assert (account["countries"], account["confirmed"], account["certificates"]) == (9, 25, 25)


def test_proxy_shows_the_product_and_nothing_of_its_operation(sample: Composed) -> None:
    with sample.visitor() as visitor:
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
