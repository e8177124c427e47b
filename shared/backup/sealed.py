"""Seals a folder into one file with a manifest, and opens it again when every checksum agrees."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from shared.refusals import CommandFailed

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
OURS = 0o600


class FileIsThere(CommandFailed):
    """A back-up never replaces a file."""


class BackupIsDamaged(CommandFailed):
    """What was sealed is not what is there now; the words name the part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a back-up: its place, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a back-up is of, when it was made, and every part of it."""

    kind: str
    made_at: str
    about: Mapping[str, Any]
    parts: tuple[Part, ...]
    format: int = FORMAT


def seal(folder: Path, to: Path, *, kind: str, about: Mapping[str, Any]) -> Manifest:
    """All files of a folder as one, written whole or not at all. Raises `FileIsThere`."""
    if to.exists():
        raise FileIsThere(f"there is a file {to} already")
    parts = tuple(_part(folder, path) for path in sorted(folder.rglob("*")) if path.is_file())
    manifest = Manifest(kind, datetime.now(UTC).isoformat(timespec="seconds"), dict(about), parts)
    written = to.with_name(f"{to.name}.part")
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OURS)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar:
            _add(tar, MANIFEST, io.BytesIO(json.dumps(asdict(manifest), indent=2).encode()))
            for part in parts:
                with (folder / part.name).open("rb") as content:
                    _add(tar, part.name, content)
        file.flush()
        os.fsync(file.fileno())
    written.rename(to)
    return manifest


def open_sealed(sealed: Path, into: Path) -> Manifest:
    """Everything a back-up holds, in an empty folder of ours. Raises `BackupIsDamaged`."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _reading(sealed) as members:
        manifest = _manifest(next(members, None))
        expected = {part.name: part for part in manifest.parts}
        for name, content in members:
            part = expected.pop(name, None)
            if part is None:
                raise BackupIsDamaged(f"{name} is in no manifest")
            if _written(part.name, content, into) != part:
                raise BackupIsDamaged(f"{name} is not as it was sealed")
    if expected:
        raise BackupIsDamaged(f"{', '.join(sorted(expected))} is missing")
    return manifest


@contextmanager
def _reading(sealed: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    def members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
        for member in tar:
            content = tar.extractfile(member)
            if content is None or not _is_inside(member.name):
                raise BackupIsDamaged(f"{member.name} is no file of a back-up")
            yield member.name, content

    try:
        with tarfile.open(sealed, mode="r|gz") as tar:
            yield members(tar)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupIsDamaged(f"{sealed.name}: {type(error).__name__}") from error


def _manifest(first: tuple[str, IO[bytes]] | None) -> Manifest:
    try:
        name, content = first or ("", io.BytesIO())
        told = json.loads(content.read())
        parts = tuple(Part(**part) for part in told.pop("parts"))
        manifest = Manifest(**told, parts=parts)
    except (ValueError, TypeError, KeyError) as error:
        raise BackupIsDamaged("it does not begin with a manifest") from error
    if (
        name != MANIFEST
        or manifest.format != FORMAT
        or not all(_is_inside(part.name) for part in parts)
    ):
        raise BackupIsDamaged("its manifest is of another kind")
    return manifest


def _written(name: str, content: IO[bytes], into: Path) -> Part:
    to = into / name
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as file:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Part(name, size, digest.hexdigest())


def _part(folder: Path, path: Path) -> Part:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Part(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    about = tarfile.TarInfo(name)
    about.size = content.seek(0, os.SEEK_END)
    about.mode, about.mtime = OURS, int(datetime.now(UTC).timestamp())
    content.seek(0)
    tar.addfile(about, content)


def _is_inside(name: str) -> bool:
    place = PurePosixPath(name)
    return not place.is_absolute() and ".." not in place.parts and place.name == Path(name).name
