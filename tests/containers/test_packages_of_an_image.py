"""The image of a service holds the packages that this service needs, as the one lock has them."""

from pathlib import Path

import pytest

from deploy.image.pinned import REQUIREMENT, pinned
from tests.containers.composed import ROOT

LOCK = (ROOT / "requirements.lock").read_text()


def test_part_of_the_lock_has_its_versions_and_hashes() -> None:
    part = pinned(LOCK, "yarl==0.0.1\naio-pika==9\n")

    assert [found[1] for found in REQUIREMENT.finditer(part)] == ["aio-pika", "yarl"]
    assert part.count("--hash=sha256:") > 2
    assert all(line in LOCK for line in part.splitlines())
    assert "==0.0.1" not in part


def test_all_of_the_lock_can_be_named() -> None:
    assert pinned(LOCK, LOCK) == LOCK


def test_package_that_the_lock_has_not_stops_the_build() -> None:
    with pytest.raises(LookupError, match="not in the lock: left-pad"):
        pinned(LOCK, "left-pad==1.0\nyarl==1\n")


def test_build_sends_nothing_but_what_images_are_made_of() -> None:
    lines = Path(ROOT / ".dockerignore").read_text().split()

    assert lines[0] == "*"
    assert {line for line in lines[1:] if line.startswith("!")} == {
        "!deploy",
        "!services",
        "!shared",
        "!pyproject.toml",
        "!requirements.lock",
        "!requirements-uv.lock",
    }
