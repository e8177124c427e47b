"""The integrator's guide as a test reads it: its commands, and what they are run with."""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.node import Node

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "integrators.md"
CODE_IN_THE_GUIDE = "jo-hr"
FENCED = re.compile(r"^```(.*?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECONDS = 60


@dataclass(frozen=True)
class Block:
    """Commands that stand together; `kind` is what follows the name of the language."""

    kind: str
    commands: str


def blocks() -> Sequence[Block]:
    """Every fenced block of the guide, in its order: all of it is for a shell."""
    found = FENCED.findall(GUIDE.read_text())
    assert {label.split(" ")[0] for label, _ in found} == {"sh"}
    return [Block(label.removeprefix("sh").strip(), commands) for label, commands in found]


def codes() -> set[str]:
    """The codes of verdicts in the guide's table."""
    rows = re.findall(r"^\| (`.*?) \|", GUIDE.read_text(), re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}


def settings() -> set[str]:
    """The names that the guide says an integrator keeps."""
    (block,) = [one for one in blocks() if one.kind == "settings"]
    lines = block.commands.splitlines()
    assert all(line.startswith("export ") for line in lines)
    return {line.removeprefix("export ").partition("=")[0] for line in lines}


def run(block: Block, code: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Run the commands as they stand, but for the code of the system; what they printed."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.commands.replace(CODE_IN_THE_GUIDE, code)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, f"{block.commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def programs(folder: Path, node: Node, *others: str) -> str:
    """A PATH on which node, npm, this Python and other programs are found."""
    folder.mkdir()
    (folder / "node").symlink_to(node.address)
    (folder / "npm").symlink_to(node.npm)
    return ":".join([str(folder), str(Path(sys.executable).parent), *others, "/usr/bin", "/bin"])
