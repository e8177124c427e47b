"""The PostgreSQL server programs installed on this machine."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.servers.available import Unavailable

OLDEST = 15
NEEDED = ("initdb", "pg_ctl", "postgres")
INSTALLED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin")


def server_programs() -> Path:
    """The folder that holds the server programs: the one on PATH first, then the newest."""
    for folder in _candidates():
        if all((folder / program).exists() for program in NEEDED) and release(folder) >= OLDEST:
            return folder
    raise Unavailable(f"local programs: no PostgreSQL server of version {OLDEST} or later")


def release(folder: Path) -> int:
    """The major version: `postgres (PostgreSQL) 15.13 (Debian …)` is 15."""
    number = re.search(r"\) (\d+)", _answer(folder / "postgres", "--version"))
    return int(number[1]) if number else 0


def _candidates() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    if configured := shutil.which("pg_config"):
        yield Path(_answer(configured, "--bindir").strip())
    installed = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern)]
    yield from sorted(installed, key=release, reverse=True)


def _answer(program: Path | str, question: str) -> str:
    try:
        return subprocess.run([program, question], capture_output=True, text=True).stdout
    except OSError:
        return ""
