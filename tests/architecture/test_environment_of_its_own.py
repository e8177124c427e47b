"""Setting up a tree leaves the environment of every other tree alone."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT

SCRIPT = "deploy/setup/environment"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


@pytest.mark.parametrize(
    ("kind", "home"), [("demo", ".venv"), ("dev", ".venv"), ("bench", ".venv-bench")]
)
def test_environment_that_is_a_link_is_refused_and_what_it_leads_to_is_left_alone(
    tmp_path: Path, kind: str, home: str
) -> None:
    another, here = tmp_path / "another" / home, tmp_path / "here"
    another.mkdir(parents=True)
    (another / "pyvenv.cfg").touch()
    (here / SCRIPT).parent.mkdir(parents=True)
    for name in (SCRIPT, "requirements-uv.lock", *LOCKS):
        shutil.copy(ROOT / name, here / name)
    (here / home).symlink_to(another)

    answer = subprocess.run(
        ["sh", SCRIPT, kind], cwd=here, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert f"{home} is a link to {another}" in answer.stderr
    assert [one.name for one in another.iterdir()] == ["pyvenv.cfg"]
