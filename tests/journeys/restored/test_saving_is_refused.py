"""What can not be saved or restored is refused in one line, before anything is touched."""

import json
from pathlib import Path

import pytest

from tests.journeys.restored.both import Both


async def test_what_can_not_be_saved_or_read_is_said_in_one_line_without_secrets(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.backup").write_text(json.dumps({"not": "a back-up"}))

    codes = [
        await both.run("restore", "--from", str(tmp_path / "no.backup")),
        await both.run("save", "--to", str(tmp_path / "no.backup")),
        await both.run("save", "--to", str(tmp_path / "x"), "--keys", str(tmp_path / "none")),
    ]

    complaint = capsys.readouterr().err
    assert (codes, complaint.count("\n")) == ([1, 1, 1], 3)
    secrets = [value for name, value in both.broker.settings.items() if "PASSWORD" in name]
    assert not [value for value in secrets if value in complaint]


async def test_keys_that_are_there_are_seen_before_anything_is_touched(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "CADRE_LINK_KEY").write_text("k9" * 20)
    before = await both.asked("SELECT datname FROM pg_database ORDER BY 1")
    saved = await both.run("save", "--to", str(tmp_path / "cadre.backup"), "--keys", str(keys))

    code = await both.run("restore", "--from", str(tmp_path / "cadre.backup"), "--keys", str(keys))

    complaint = capsys.readouterr().err
    assert (saved, code) == (0, 1)
    assert f"{keys} holds something already" in complaint
    assert await both.asked("SELECT datname FROM pg_database ORDER BY 1") == before
