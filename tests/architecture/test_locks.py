"""What is installed is pinned by hash, and no file says where it was fetched from."""

import re

import pytest

from tests.architecture.conftest import ROOT

pytestmark = pytest.mark.gate
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


def test_there_is_no_lock_that_names_index_hosts() -> None:
    assert not (ROOT / "uv.lock").exists()


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert "index" not in text.replace("--hash", "").split("\n")[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_a_lock_is_pinned_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text().replace("\\\n", "")

    requirements = [
        line for line in text.splitlines() if line and not line.lstrip().startswith("#")
    ]

    assert requirements
    for requirement in requirements:
        assert PINNED.match(requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_tests_run_on_the_versions_that_run_in_earnest() -> None:
    at_work = dict(PINNED.findall((ROOT / "requirements.lock").read_text()))
    in_tests = dict(PINNED.findall((ROOT / "requirements-dev.lock").read_text()))

    differing = {name for name, version in at_work.items() if in_tests.get(name) != version}

    assert not differing
