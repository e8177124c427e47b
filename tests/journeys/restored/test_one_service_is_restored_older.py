"""One service is put back to an earlier state; the others are not, and nobody is told twice."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.demo.client import Caller
from deploy.demo.connection import connected
from deploy.demo.story import Story
from tests.played import Played
from tests.services.embedded.served import command, served, token

EARLIER = "select_the_panel"


@pytest.mark.timeout(300)
async def test_notifications_catches_up_and_sends_nothing_a_second_time(
    played_course: Played, tmp_path: Path
) -> None:
    folder = put_back(played_course, tmp_path, "notifications", EARLIER)
    before, due = arrivals(folder), messages(played_course.folder)
    have_one_message_about_to_be_sent(folder)

    await done("doctor", "--data", str(folder), "--after-restore", "notifications")
    said = await done("catch-up", "--data", str(folder), "notifications")
    await done("announce", "--data", str(folder), "registration", "person")
    async with served(folder) as one:
        await settled(one.origin, folder)

    assert "registration.seat.offered.v1" in said
    assert arrivals(folder) == before
    assert set(arrivals(folder).values()) == {1}
    reminded = {key for key, message in due.items() if message["message"] == "session_reminder"}
    assert messages(folder).keys() == due.keys() - reminded
    assert {one["status"] for one in messages(folder).values()} == {"sent"}


@pytest.mark.timeout(300)
async def test_facts_of_scheduling_are_newer_than_those_it_lost_and_the_lost_are_named(
    played_course: Played, tmp_path: Path
) -> None:
    folder = put_back(played_course, tmp_path, "scheduling", "fill_the_freed_seat")
    place = str(folder)
    known = rows(folder, "reporting", "SELECT id, status, sequence FROM enrolment")

    told = await done("doctor", "--data", place, "--after-restore", "scheduling", "--json")
    again = await done("doctor", "--data", place, "--after-restore", "scheduling", "--json")
    await done("announce", "--data", place, "scheduling", "activity", "session", "enrolment")
    async with served(folder) as one:
        await settled(one.origin, folder)
        plan = rows(folder, "scheduling", "SELECT id, version FROM session ORDER BY number")[-1]
        await change(one.origin, folder, plan)
        await settled(one.origin, folder)

    lost = Counter(one["type"] for one in json.loads(told)["lost"])
    assert lost["scheduling.enrolment.completed.v1"] == 25
    assert lost["scheduling.attendance.recorded.v1"] == 250
    assert json.loads(again)["lost"] == []
    held = rows(folder, "reporting", "SELECT id, status, sequence FROM enrolment")
    assert {one["status"] for one in known} == {"completed", "cancelled"} & statuses(known)
    assert statuses(held) == statuses(rows(folder, "scheduling", "SELECT status FROM enrolment"))
    assert {one["id"] for one in held if one["sequence"] > sequence_of(known, one["id"])} >= {
        one["id"] for one in known if one["status"] == "completed"
    }
    told_last = rows(folder, "reporting", CHANGED)[0]
    assert told_last["partitionkey"] == plan["id"]
    assert (
        told_last["sequence"] == rows(folder, "notifications", SESSION, plan["id"])[0]["sequence"]
    )
    assert not rows(folder, "reporting", "SELECT * FROM deferred")


CHANGED = (
    "SELECT partitionkey, sequence FROM archive WHERE type = 'scheduling.session.changed.v1' "
    "ORDER BY position DESC"
)
SESSION = "SELECT sequence FROM session WHERE id = ?"
"""What another service knows of a session."""


def put_back(played: Played, tmp_path: Path, service: str, scene: str) -> Path:
    """The course at its end, with one service as it was at an earlier scene."""
    folder = played.copied_to(tmp_path / "course")
    for old in folder.glob(f"{service}.sqlite*"):
        old.unlink()
    file = f"{service}.sqlite"
    (folder / file).write_bytes((played.scenes / scene / file).read_bytes())
    with sqlite3.connect(folder / file) as old_state:
        [now] = rows(folder, "reporting", "SELECT now FROM story")
        old_state.execute("UPDATE story SET now = ?", (now["now"],))
    old_state.close()
    return folder


async def change(origin: str, folder: Path, plan: Mapping[str, Any]) -> None:
    """Somebody changes a session, as they would any day."""
    headers = {
        "Authorization": f"Bearer {token(folder, 'admin')}",
        "If-Match": f'"{plan["version"]}"',
    }
    async with httpx.AsyncClient(base_url=origin, headers=headers) as client:
        answer = await client.patch(f"/scheduling/sessions/{plan['id']}", json={"room": "Z"})
    assert answer.is_success, answer.text


def have_one_message_about_to_be_sent(folder: Path) -> None:
    """A message that was sent since was only planned when the copy was made."""
    with sqlite3.connect(folder / "notifications.sqlite") as file:
        [(key,)] = file.execute("SELECT min(key) FROM message WHERE status = 'sent'").fetchall()
        file.execute("UPDATE message SET status = 'planned' WHERE key = ?", (key,))
        file.execute("UPDATE job SET state = 'waiting' WHERE kind = 'deliver' AND key = ?", (key,))
    file.close()


async def done(*arguments: str) -> str:
    """What a command printed that did what it should."""
    code, printed, complained = await command(*arguments)
    assert code == 0, complained[-2000:]
    return printed


async def settled(origin: str, folder: Path) -> None:
    """Wait until nothing is on its way."""
    admin = token(folder, "admin")

    def settle() -> None:
        with connected(origin, Authorization=f"Bearer {admin}") as client:
            Story(Caller(client, "admin"), "Asia/Amman").settle()

    await asyncio.to_thread(settle)


def arrivals(folder: Path) -> Mapping[str, int]:
    """How often each message arrived."""
    query = "SELECT key, count(*) AS times FROM message GROUP BY key"
    return {one["key"]: one["times"] for one in rows(folder, "mailbox", query)}


def messages(folder: Path) -> Mapping[str, Any]:
    """What notifications knows of each message."""
    return {one["key"]: one for one in rows(folder, "notifications", "SELECT * FROM message")}


def rows(folder: Path, name: str, query: str, *values: object) -> list[dict[str, Any]]:
    """What stands in a database."""
    file = sqlite3.connect(folder / f"{name}.sqlite")
    file.row_factory = sqlite3.Row
    found = [dict(row) for row in file.execute(query, values)]
    file.close()
    return found


def statuses(found: list[dict[str, Any]]) -> set[str]:
    """Which there are."""
    return {one["status"] for one in found}


def sequence_of(found: list[dict[str, Any]], identity: str) -> int:
    """How far an aggregate had counted."""
    return max((int(one["sequence"]) for one in found if one["id"] == identity), default=0)
