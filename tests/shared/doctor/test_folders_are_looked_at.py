"""A full disk, and files that others may read, are seen."""

from pathlib import Path

import pytest

from shared.doctor import folders


@pytest.mark.parametrize(
    ("limit", "number", "level"),
    [("LITTLE", 0, "ok"), ("LITTLE", 1 << 60, "warning"), ("HARDLY_ANY", 1 << 60, "wrong")],
)
async def test_disk_that_is_nearly_full_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, number: int, level: str
) -> None:
    monkeypatch.setattr(folders, limit, number)

    assert (await folders.has_room(tmp_path)).level == level


@pytest.mark.parametrize(
    ("name", "level"),
    [("server.log", "warning"), ("scheduling.sqlite", "wrong"), ("keys/issuer.json", "wrong")],
)
async def test_file_that_others_may_read_is_seen(tmp_path: Path, name: str, level: str) -> None:
    folder = tmp_path / "installation"
    (folder / "keys").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    (folder / name).touch(mode=0o600)

    alone = await folders.is_ours_alone(folder)
    (folder / name).chmod(0o604)
    seen = await folders.is_ours_alone(folder)

    assert (alone.level, seen.level) == ("ok", level)
    assert name in seen.words
