"""Copies of the databases of a folder as they all were at one moment, also while it is served.

For that moment no file is written: whoever wants to waits for some milliseconds. The copies are
made afterwards, of what was to be seen then.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from shared.refusals import Refused

SECONDS_TO_WAIT_FOR_A_TURN = 10.0


class FolderIsTooBusy(Refused):
    """No moment was found at which nobody writes; try again."""

    title = "The installation is too busy to be copied at one moment; try again"


def copy_at_one_moment(databases: Sequence[Path], into: Path) -> None:
    """A whole copy of each under its own name. Raises `FolderIsTooBusy`."""
    with ExitStack() as held:
        opened = [held.enter_context(closing(_open(file))) for file in databases]
        _see_one_moment(databases, opened)
        for file, source in zip(databases, opened, strict=True):
            with closing(sqlite3.connect(into / file.name)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")


def _see_one_moment(databases: Sequence[Path], readers: Sequence[sqlite3.Connection]) -> None:
    """All readers begin while every file is locked against writers, and go on seeing that."""
    with ExitStack() as locked:
        try:
            for file in databases:
                writer = locked.enter_context(closing(_open(file)))
                writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise FolderIsTooBusy from error
        for reader in readers:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=SECONDS_TO_WAIT_FOR_A_TURN, isolation_level=None)
