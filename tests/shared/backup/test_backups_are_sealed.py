"""A back-up opens to what was sealed, or not at all; nobody else reads it."""

import io
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.backup.sealed import BackupIsDamaged, FileIsThere, open_sealed, seal

Harm = Callable[[Path], None]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Two files, one in a folder below."""
    folder = tmp_path / "gathered"
    (folder / "keys").mkdir(parents=True)
    (folder / "scheduling.sqlite").write_bytes(b"plans" * 10_000)
    (folder / "keys" / "links-scheduling").write_bytes(b"secret")
    seal(folder, tmp_path / "made.backup", kind="embedded", about={"installation": "one"})
    return tmp_path / "made.backup"


def test_what_was_sealed_is_opened_again_for_its_owner_only(sealed: Path, tmp_path: Path) -> None:
    into = tmp_path / "opened"

    manifest = open_sealed(sealed, into)

    assert (into / "scheduling.sqlite").read_bytes() == b"plans" * 10_000
    assert (into / "keys" / "links-scheduling").read_bytes() == b"secret"
    assert (manifest.kind, manifest.about) == ("embedded", {"installation": "one"})
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [sealed, *into.rglob("*.*")]}
    assert modes == {0o600}


def test_file_that_is_there_is_not_written_over(sealed: Path, tmp_path: Path) -> None:
    before = sealed.read_bytes()

    with pytest.raises(FileIsThere):
        seal(tmp_path / "gathered", sealed, kind="embedded", about={})

    assert sealed.read_bytes() == before


def cut_short(sealed: Path) -> None:
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[: len(whole) // 2])


def repacked(change: Callable[[dict[str, bytes]], None]) -> Harm:
    """The same archive with other content."""

    def harm(sealed: Path) -> None:
        with tarfile.open(sealed) as tar:
            parts = {one.name: tar.extractfile(one).read() for one in tar}  # type: ignore[union-attr]
        change(parts)
        with tarfile.open(sealed, "w:gz") as tar:
            for name, content in parts.items():
                about = tarfile.TarInfo(name)
                about.size = len(content)
                tar.addfile(about, io.BytesIO(content))

    return harm


def forge(parts: dict[str, bytes]) -> None:
    parts["scheduling.sqlite"] = b"plans" * 9_999 + b"PLANS"


def leave_out(parts: dict[str, bytes]) -> None:
    del parts["scheduling.sqlite"]


def add(parts: dict[str, bytes]) -> None:
    parts["more.sqlite"] = b"more"


def climb(parts: dict[str, bytes]) -> None:
    parts["../outside"] = b"outside"


def lose_the_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


@pytest.mark.parametrize(
    "harm", [cut_short, *map(repacked, (forge, leave_out, add, climb, lose_the_manifest))]
)
def test_what_is_not_as_it_was_sealed_is_refused(sealed: Path, tmp_path: Path, harm: Harm) -> None:
    harm(sealed)

    with pytest.raises(BackupIsDamaged):
        open_sealed(sealed, tmp_path / "deep" / "opened")

    assert not (tmp_path / "deep" / "outside").exists()
