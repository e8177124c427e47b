"""The whole course, from nomination to report, as a visitor plays it: whatever deliveries do."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.journeys.canonical import differences
from tests.played import Played, play_the_course, without_seconds
from tests.programs import forked
from tests.servers.ports import free_port
from tests.services.embedded.served import served, token, until_ready


@pytest.mark.timeout(300)
def test_the_course_ends_with_everything_accounted_for(played_course: Played) -> None:
    account = played_course.account

    assert (account["countries"], account["selected"], account["confirmed"]) == (9, 25, 25)
    assert (account["declined"], account["completed"], account["certificates"]) == (1, 25, 25)
    assert account["nominated"] == account["selected"] + account["waitlisted"] > 25
    assert account["women"] >= 8
    assert (account["lost"], account["doubled"]) == (0, 0)
    assert (account["refused"], account["unsettled"]) == (0, 0)


@pytest.mark.timeout(300)
async def test_one_archive_row_removed_and_one_mail_doubled_are_both_seen(
    played_course: Played, tmp_path: Path
) -> None:
    folder = played_course.copied_to(tmp_path / "copy")
    with sqlite3.connect(folder / "reporting.sqlite") as archive:
        archive.execute("DELETE FROM archive WHERE position = (SELECT max(position) FROM archive)")
    with sqlite3.connect(folder / "mailbox.sqlite") as mailbox:
        double_a_mail(mailbox)

    async with served(folder) as one:
        origin = ("--origin", one.origin, "--admin-token", token(folder, "admin"))
        account = await asyncio.to_thread(play_the_course, *origin, "--recount")

    assert (account["lost"], account["doubled"]) == (1, 1)
    assert account["emails"] == played_course.account["emails"] + 1


@pytest.mark.timeout(600)
async def test_shuffled_doubled_and_delayed_deliveries_end_in_the_same_state(
    played_course: Played, tmp_path: Path
) -> None:
    async with shuffled(tmp_path / "other", "1") as origin:
        options = ("--origin", origin, "--admin-token", token(tmp_path / "other", "admin"))
        account = await asyncio.to_thread(play_the_course, *options)

    assert without_seconds(account) == without_seconds(played_course.account)
    assert differences(played_course.folder, tmp_path / "other") == []


@asynccontextmanager
async def shuffled(folder: Path, seed: str) -> AsyncIterator[str]:
    """The origin of a server whose deliveries are disturbed."""
    port = free_port()
    arguments = (str(folder), str(port), seed)
    server = await asyncio.to_thread(forked, "tests.journeys.shuffled_server", *arguments)
    try:
        await until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        await asyncio.wait_for(server.wait(), 60)


def double_a_mail(mailbox: sqlite3.Connection) -> None:
    """Have one mail arrive twice, as its receiver would have noted it."""
    table = "message"
    columns = [
        f'"{row[1]}"' for row in mailbox.execute(f"PRAGMA table_info({table})") if row[1] != "id"
    ]
    listed = ", ".join(columns)
    mailbox.execute(
        f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {table} "
        f"WHERE id = (SELECT min(id) FROM {table} WHERE channel = 'email')"
    )
