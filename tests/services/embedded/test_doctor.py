"""`python -m services doctor` says of an installation what is right, and what to do."""

import json
import os
import sqlite3
import time
from pathlib import Path

import pytest

from services.__main__ import ONLY_OURS
from services.embedded.commands import doctor
from services.embedded.examining import clock_goes_on, look_at, mailbox_takes_mail
from services.embedded.installation import make_installation
from services.embedded.operating import opened
from shared.doctor.stories import by_http
from shared.refusals import Refused
from tests.servers.ports import free_port
from tests.services.embedded.served import command, served


async def test_installation_is_looked_at_while_it_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    async with served(folder, "--story", "2018-03-01T08:00Z") as one:
        is_story = await by_http(one.origin, "scheduling")
        code, printed, complained = await command("doctor", "--data", str(folder))
    stopped, said, _ = await command("doctor", "--data", str(folder), "--json")

    assert (code, complained, is_story) == (0, "", True)
    lines = printed.splitlines()
    assert len(lines) > 30
    assert "mailbox takes mail, and its gateway answers" in printed
    assert not [line for line in lines if not line.startswith("ok ")]
    assert stopped == 0
    assert [one["check"] for one in json.loads(said) if one["level"] == "warning"] == ["server"]


async def test_each_thing_that_is_wrong_in_a_folder_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    installation = make_installation(folder, None)
    before = os.umask(ONLY_OURS)
    async with opened(installation):
        os.umask(before)
        healthy = await look_at(installation)

    (folder / "keys" / "links-scheduling").write_text("short")
    with sqlite3.connect(folder / "reporting.sqlite") as file:
        file.execute("INSERT INTO story VALUES (1, '2018-03-01T08:00:00.000000Z')")
        file.execute("UPDATE shared_revision SET version_num = '0000'")
    (folder / "registration.sqlite").unlink()
    (folder / "registration.sqlite").touch(mode=0o644)
    ill = await look_at(installation)

    assert "wrong" not in {one.level for one in healthy}
    wrong = {(one.service, one.check) for one in ill if one.level == "wrong"}
    assert wrong >= {
        ("installation", "permissions"),
        ("installation", "keys"),
        ("reporting", "story"),
        ("reporting", "migrations"),
        ("registration", "migrations"),
        ("registration", "outbox"),
    }
    assert not [one for one in ill if one.service == "scheduling" and one.level == "wrong"]


async def test_files_written_later_than_now_say_that_the_clock_went_back(tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    installation = make_installation(folder, None)
    async with opened(installation):
        pass
    before = await clock_goes_on(installation)

    later = time.time() + 3600
    os.utime(folder / "queue.sqlite", (later, later))
    after = await clock_goes_on(installation)

    assert (before.level, after.level) == ("ok", "wrong")
    assert "3600" in after.words


async def test_mailbox_that_takes_no_mail_is_seen() -> None:
    found = await mailbox_takes_mail(free_port())

    assert found is not None
    assert (found.level, "takes no mail" in found.words) == ("wrong", True)


def test_folder_without_installation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no installation"):
        doctor.run("doctor", ["--data", str(tmp_path)])
