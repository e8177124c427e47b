"""A copy of the tree in which a test may plant what the boundaries forbid."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("services", "shared", "tests/architecture")


@dataclass(frozen=True)
class Tree:
    """A copy of the code under a folder of its own."""

    folder: Path

    def plant(self, path: str, line: str) -> None:
        """Write a module of one line, in a package where there is none yet."""
        module = self.folder / path
        module.parent.mkdir(parents=True, exist_ok=True)
        (module.parent / "__init__.py").touch()
        module.write_text(f"{line}\n")

    def lint(self) -> subprocess.CompletedProcess[str]:
        """What lint-imports says of this tree."""
        program = Path(sys.executable).with_name("lint-imports")
        command = [str(program), "--no-cache", "--no-logo"]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A fresh copy of the services, of what they share, and of the rules."""
    folder = tmp_path / "tree"
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return Tree(folder)
