"""The tests get clients that are not ours; a run that cannot have one says so, or fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.servers.available import Server
from tests.servers.foreign import INSIST
from tests.servers.node import PACKAGES, Node

ROOT = Path(__file__).parents[2]


def test_programs_of_amqp_tools_start(amqp_tools: Server) -> None:
    folder = Path(amqp_tools.address)

    told = subprocess.run([folder / "amqp-get", "--help"], capture_output=True, text=True)

    assert "--queue" in told.stdout


def test_node_has_the_packages_at_their_exact_versions(node: Node) -> None:
    for name, release in PACKAGES.items():
        described = json.loads((node.packages / name / "package.json").read_text())

        assert described["version"] == release


def test_curl_starts(curl: Server) -> None:
    told = subprocess.run([curl.address, "--version"], capture_output=True, text=True)

    assert told.stdout.startswith("curl ")


def test_run_without_a_client_leaves_its_tests_out_and_says_so(tmp_path: Path) -> None:
    without_curl = run_where_nothing_is_on_the_path(tmp_path, insist="")

    assert without_curl.returncode == 0
    assert "curl: tests left out: 1. curl could not be had" in without_curl.stdout


def test_run_that_insists_fails_without_a_client(tmp_path: Path) -> None:
    without_curl = run_where_nothing_is_on_the_path(tmp_path, insist="1")

    assert without_curl.returncode == 1
    assert "curl could not be had" in without_curl.stdout + without_curl.stderr


def run_where_nothing_is_on_the_path(
    empty: Path, *, insist: str
) -> subprocess.CompletedProcess[str]:
    """The test of curl above, on a machine that has none and can install none."""
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            __file__,
            "-k",
            "test_curl_starts",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        env=os.environ | {"PATH": str(empty), INSIST: insist},
        capture_output=True,
        text=True,
        timeout=60,
    )
