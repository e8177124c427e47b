"""The folder of an installation: room on its disk, and nobody else's eyes on its files."""

import os
import shutil
import stat
from pathlib import Path

from .finding import Found, right, warning, wrong

LITTLE, HARDLY_ANY = 1 << 30, 200 << 20
"""Bytes; SQLite stops at a full disk, and takes nothing more."""
OTHERS = 0o077
MOST_NAMED = 5


async def has_room(folder: Path) -> Found:
    """The disk has room for what is to come."""
    free = shutil.disk_usage(folder).free
    said = f"{free / (1 << 30):.1f} GB free"
    remedy = "make room, or move the folder while nothing serves it"
    if free < HARDLY_ANY:
        return wrong(said, remedy)
    return warning(said, remedy) if free < LITTLE else right(said)


async def is_ours_alone(folder: Path) -> Found:
    """No other user of the machine reads what stands there, and we can write all of it."""
    everything = _all_of(folder)
    locked = [path for path in everything if not os.access(path, os.R_OK | os.W_OK)]
    if locked:
        remedy = f"chown -R {os.geteuid()} {folder}"
        return wrong(f"this user can not write {_named(folder, locked)}", remedy)
    seen = [path for path in everything if stat.S_IMODE(path.lstat().st_mode) & OTHERS]
    remedy, said = f"chmod -R go= {folder}", f"others may look at {_named(folder, seen)}"
    if any(_holds_what_matters(folder, path) for path in seen):
        return wrong(said, remedy)
    return warning(said, remedy) if seen else right("only its owner reads it")


def _holds_what_matters(folder: Path, path: Path) -> bool:
    """Databases, and everything in a folder below: the keys."""
    is_database = path.suffix in (".sqlite", ".sqlite-wal")
    return is_database or (path.is_file() and path.parent != folder)


def _all_of(folder: Path) -> list[Path]:
    return [folder, *sorted(folder.rglob("*"))]


def _named(folder: Path, paths: list[Path]) -> str:
    names = [str(path.relative_to(folder)) for path in paths[:MOST_NAMED]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
