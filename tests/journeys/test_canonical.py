"""The comparison of two runs sees what differs, and only that."""

import sqlite3
from pathlib import Path
from uuid import uuid4

from tests.journeys.canonical import SERVICES, differences


def a_run(folder: Path, *, swapped: bool = False) -> Path:
    """Two people with a seat each in two services, under ids of this run's own."""
    folder.mkdir()
    first, second = str(uuid4()), str(uuid4())
    seats = {first: "front", second: "back"}
    if swapped:
        seats = {first: "back", second: "front"}
    for service in SERVICES:
        with sqlite3.connect(folder / f"{service}.sqlite") as file:
            file.execute("CREATE TABLE person (id TEXT, name TEXT, told_at TEXT)")
            file.execute("CREATE TABLE seat (person_id TEXT, place TEXT)")
            people = [(first, "Amal"), (second, "Bilal")]
            if service == "registration":
                file.executemany("INSERT INTO person VALUES (?, ?, '2026-01-01T00:00:00Z')", people)
            if service == "scheduling":
                file.executemany("INSERT INTO seat VALUES (?, ?)", seats.items())
    return folder


def test_two_runs_that_mean_the_same_do_not_differ(tmp_path: Path) -> None:
    one, other = a_run(tmp_path / "one"), a_run(tmp_path / "other")

    found = differences(one, other)

    assert found == []


def test_who_has_which_seat_is_seen_across_services(tmp_path: Path) -> None:
    one, other = a_run(tmp_path / "one"), a_run(tmp_path / "other", swapped=True)

    found = differences(one, other)

    assert found != []


def test_a_message_that_was_sent_is_the_same_however_that_is_known(tmp_path: Path) -> None:
    one, other = a_run(tmp_path / "one"), a_run(tmp_path / "other")
    for folder, reason in ((one, "accepted"), (other, "confirmed")):
        with sqlite3.connect(folder / "notifications.sqlite") as file:
            file.execute("CREATE TABLE message (status TEXT, reason TEXT)")
            file.execute("INSERT INTO message VALUES ('sent', ?)", [reason])
            file.execute("INSERT INTO message VALUES ('refused', 'no-such-address')")

    found = differences(one, other)

    assert found == []


def test_a_missing_and_a_doubled_row_are_seen(tmp_path: Path) -> None:
    one, other = a_run(tmp_path / "one"), a_run(tmp_path / "other")
    with sqlite3.connect(other / "scheduling.sqlite") as file:
        file.execute("DELETE FROM seat WHERE place = 'front'")
        file.execute("INSERT INTO seat SELECT * FROM seat")

    found = differences(one, other)

    assert [line[0] for line in found] == ["-", "+"]
