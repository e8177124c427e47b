"""An installation that a container engine runs for a test, under a name and a port of its own."""

import json
import os
import secrets
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.containers.composed import ROOT
from tests.servers.ports import free_port

SECONDS = 900
"""The first time, images are made and fetched."""
SECONDS_TO_ANSWER = 60.0
"""All processes of an installation share what a small machine has."""
ADVICE = "needs Docker Engine 20.10 or later with Compose 2.24 or later, and its images"


@dataclass(frozen=True)
class Composed:
    """A project of docker compose."""

    project: str
    port: int
    told: Path = Path(os.devnull)
    """Its `.env`."""
    beside: Sequence[str] = ()
    """Compose files beside the first."""

    @property
    def origin(self) -> str:
        """Where its proxy is published."""
        return f"http://localhost:{self.port}"

    @property
    def command(self) -> Sequence[str]:
        """How it is told anything."""
        named = ("--project-name", self.project, "--env-file", str(self.told))
        files = [part for one in ("docker-compose.yml", *self.beside) for part in ("--file", one)]
        return ("docker", "compose", *named, "--progress", "quiet", *files)

    @property
    def environment(self) -> Mapping[str, str]:
        """What else it is told."""
        told = {"CADRE_PUBLISH": f"127.0.0.1:{self.port}", "COMPOSE_PROFILES": ""}
        return os.environ | told

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `docker compose` in it; fails with what was said, unless that is looked at."""
        done = subprocess.run(
            [*self.command, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"
        return done

    def visitor(self) -> httpx.Client:
        """Somebody who comes by its proxy."""
        return httpx.Client(base_url=self.origin, timeout=SECONDS_TO_ANSWER, trust_env=False)

    def containers(self, service: str) -> list[str]:
        """The containers of a service."""
        return self.run("ps", "--all", "--quiet", service).stdout.split()


def docker(*arguments: str) -> str:
    """What a command of the engine prints."""
    command = ["docker", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{arguments}: {done.stderr[-2000:]}"
    return done.stdout.strip()


def inspected(container: str) -> dict[str, object]:
    """What the engine knows of a container."""
    return dict(json.loads(docker("inspect", container))[0])


@contextmanager
def composed(told: Path = Path(os.devnull), *beside: str) -> Iterator[Composed]:
    """A project that is gone afterwards, with all it held; asserts that there is an engine."""
    found = subprocess.run(["docker", "info"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"{ADVICE}: {found.stderr.strip()}"
    project = Composed(f"cadre-test-{secrets.token_hex(3)}", free_port(), told, beside)
    try:
        yield project
    finally:
        everything = ("--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "45")
        project.run(*everything, check=False)
