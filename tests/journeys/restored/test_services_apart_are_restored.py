"""Services apart: databases and broker are saved in one file, destroyed, and restored from it."""

import asyncio
import json
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from services.embedded.installation import open_installation
from shared.database.heads import newest_revision
from tests.journeys.apart.processes import Apart
from tests.journeys.restored.both import SERVICES, Both, apart, filled, found, settings_of
from tests.played import Played
from tests.rights.prepared import (
    let_in,
    migrated,
)
from tests.rights.wire import channel_of, take
from tests.services.embedded.served import until_ready


@pytest.mark.timeout(300)
async def test_everything_that_was_saved_is_there_again(
    both: Both, played_course: Played, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed, keys, again = tmp_path / "cadre.backup", tmp_path / "keys", tmp_path / "again"
    keys.mkdir()
    (keys / "CADRE_LINK_KEY").write_text("k9" * 20)
    before = await filled(both, played_course)
    await migrated(both.broker, tmp_path)
    async with let_in(both.broker, "jo-hr", "JO") as outsider:
        saved = await both.run("save", "--to", str(sealed), "--keys", str(keys))
        await destroy(both, unquote(urlsplit(outsider).username or ""))

        restored = await both.run("restore", "--from", str(sealed), "--keys", str(again))
        async with channel_of(outsider) as channel:
            waiting = await take(channel, "out.jo-hr")

    assert (saved, restored, waiting) == (0, 0, None), capsys.readouterr().err
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    assert await found(both) == before
    assert (again / "CADRE_LINK_KEY").read_text() == "k9" * 20
    assert await both.broker.prepare() == 0
    bound = both.broker.broker.management.ask(
        "GET", "queues", both.broker.vhost, "scheduling", "bindings"
    )
    assert len(bound) > 20


@pytest.mark.timeout(300)
async def test_one_service_goes_back_and_what_it_was_is_kept(
    both: Both, played_course: Played, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = str(tmp_path / "cadre.backup")
    before = await filled(both, played_course)
    assert await both.run("save", "--to", sealed) == 0
    async with apart(both, "scheduling") as connection:
        await connection.execute("DELETE FROM attendance")
        in_use = await both.run("restore", "--from", sealed, "--only", "scheduling")
    complaint = capsys.readouterr().err

    restored = await both.run("restore", "--from", sealed, "--only", "scheduling")

    assert (in_use, "is in use" in complaint, restored) == (1, True, 0)
    assert await found(both) == before
    prefix = both.databases.settings["CADRE_USER_PREFIX"]
    kept = f"SELECT datname FROM pg_database WHERE datname LIKE '{prefix}scheduling_until_%'"
    assert len(await both.asked(kept)) == 1


@pytest.mark.timeout(300)
async def test_services_that_are_behind_are_brought_up_by_their_own_commands(
    both: Both, played_course: Played, tmp_path: Path
) -> None:
    await filled(both, played_course)
    async with apart(both, "scheduling") as connection:
        await connection.execute("UPDATE aggregate_sequence SET last = 0")
    async with apart(both, "notifications") as connection:
        gone = "DELETE FROM message WHERE message = 'outcome_announced' RETURNING key"
        missing = {row["key"] for row in await connection.fetch(gone)}
    async with apart(both, "reporting") as connection:
        for part in ("shared", "reporting"):
            await connection.execute(f"CREATE TABLE {part}_revision (version_num text)")
            at_head = f"INSERT INTO {part}_revision VALUES ('{newest_revision(part)}')"
            await connection.execute(at_head)
    identity = str(open_installation(played_course.folder).identity)
    installation = Apart(*settings_of(both, identity), tmp_path)
    port = installation.origin.rpartition(":")[2]
    try:
        await installation.start_service("reporting", "api", "--port", port)
        await until_ready(f"{installation.origin}/reporting", seconds=60)

        after_restore = ("scheduling", "doctor", "--after-restore", "--json")
        lost = await asyncio.to_thread(installation.run, *after_restore)
        catch_up = ("notifications", "catch-up", "--since", "2020-01-01")
        said = await asyncio.to_thread(installation.run, *catch_up)
    finally:
        await installation.stop()

    named = {one["type"] for one in json.loads(lost)["lost"]}
    assert {"scheduling.enrolment.completed.v1", "scheduling.attendance.recorded.v1"} <= named
    assert "registration.outcome.announced.v1" in said
    assert "registration person" in said
    async with apart(both, "notifications") as connection:
        asked = "SELECT key FROM message WHERE status = 'unknown'"
        assert {row["key"] for row in await connection.fetch(asked)} == missing != set()
        assert not await connection.fetch("SELECT 1 FROM deferred WHERE state = 'parked'")


async def destroy(both: Both, outsider: str) -> None:
    """No database is left, no virtual host, and no user of either."""
    prefix = both.databases.settings["CADRE_USER_PREFIX"]
    for service in SERVICES:
        await both.asked(f'DROP DATABASE "{prefix}{service}" WITH (FORCE)')
        await both.asked(f'DROP ROLE "{prefix}{service}"')
    ask, ours = both.broker.broker.management.ask, both.broker.settings["CADRE_USER_PREFIX"]
    ask("DELETE", "vhosts", both.broker.vhost)
    for user in (outsider, *(ours + service for service in SERVICES)):
        ask("DELETE", "users", user)
