"""`backup` and `restore` of a folder: at one moment, whole, and never over what is there."""

import json
import sqlite3
import threading
from pathlib import Path

import pytest

from services.embedded import copying
from services.embedded.commands import backup, restore
from services.embedded.commands.restore import BackupIsOfAnother, FolderIsThere
from services.embedded.copying import FolderIsTooBusy, copy_at_one_moment
from services.embedded.installation import FolderIsServed, open_installation

NAMES = ("registration", "scheduling", "notifications", "reporting", "queue", "mailbox")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation of six small files."""
    return a_folder(tmp_path / "installation", "one")


def test_databases_are_copied_as_they_were_at_one_moment(folder: Path, tmp_path: Path) -> None:
    files, stop, into = [folder / f"{name}.sqlite" for name in NAMES], threading.Event(), tmp_path
    writing = threading.Thread(target=write_to_each_in_turn, args=(files, stop))
    writing.start()
    copies = []
    for number in range(5):
        (into / str(number)).mkdir()
        copy_at_one_moment(files, into / str(number))
        copies.append([count(into / str(number) / file.name) for file in files])
    stop.set()
    writing.join()

    for counts in copies:
        assert max(counts) - min(counts) <= 1
        assert counts == sorted(counts, reverse=True)
    assert copies[0] < copies[-1]


def test_folder_in_which_somebody_writes_without_end_is_not_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "SECONDS_TO_WAIT_FOR_A_TURN", 0.05)
    busy = sqlite3.connect(folder / "queue.sqlite", isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")

    with pytest.raises(FolderIsTooBusy):
        copy_at_one_moment([folder / "queue.sqlite"], tmp_path)
    busy.close()


def test_service_is_put_back_and_what_it_was_is_kept(folder: Path, tmp_path: Path) -> None:
    sealed = str(tmp_path / "made.backup")
    backup.run("backup", ["--data", str(folder), "--to", sealed])
    write(folder / "scheduling.sqlite")
    write(folder / "reporting.sqlite")

    options = ["--data", str(folder), "--from", sealed, "--service", "scheduling"]
    told = restore.run("restore", options)

    assert count(folder / "scheduling.sqlite") == 0
    assert count(folder / "reporting.sqlite") == 1
    [kept] = folder.glob("replaced/*/scheduling.sqlite")
    assert count(kept) == 1
    assert "doctor --data" in told
    assert "catch-up --data" in told


def test_nothing_is_restored_over_what_is_there(folder: Path, tmp_path: Path) -> None:
    sealed = str(tmp_path / "made.backup")
    backup.run("backup", ["--data", str(folder), "--to", sealed])
    other = a_folder(tmp_path / "other", "another")
    one = ["--from", sealed, "--service", "scheduling"]

    with pytest.raises(FolderIsThere):
        restore.run("restore", ["--data", str(folder), "--from", sealed])
    with pytest.raises(BackupIsOfAnother):
        restore.run("restore", ["--data", str(other), *one])
    with open_installation(folder).locked("http://127.0.0.1:1"), pytest.raises(FolderIsServed):
        restore.run("restore", ["--data", str(folder), *one])


def a_folder(folder: Path, identity: str) -> Path:
    """A folder like those of installations."""
    (folder / "keys").mkdir(parents=True)
    described = {"id": identity, "story_start": None}
    (folder / "installation.json").write_text(json.dumps(described))
    (folder / "keys" / "gateway").write_text("key")
    for name in NAMES:
        file = sqlite3.connect(folder / f"{name}.sqlite")
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("CREATE TABLE event (number INTEGER PRIMARY KEY)")
        file.close()
    return folder


def write_to_each_in_turn(files: list[Path], stop: threading.Event) -> None:
    """One event goes through all files, again and again."""
    opened = [sqlite3.connect(file, timeout=10, isolation_level=None) for file in files]
    while not stop.is_set():
        for file in opened:
            file.execute("INSERT INTO event DEFAULT VALUES")
    for file in opened:
        file.close()


def write(path: Path) -> None:
    """Something happens in a service."""
    file = sqlite3.connect(path)
    with file:
        file.execute("INSERT INTO event DEFAULT VALUES")
    file.close()


def count(path: Path) -> int:
    """How much has happened there."""
    file = sqlite3.connect(path)
    [(number,)] = file.execute("SELECT count(*) FROM event").fetchall()
    file.close()
    return int(number)
