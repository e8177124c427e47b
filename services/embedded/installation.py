"""The data folder of an embedded installation: its id, its keys, its lock."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from shared.ids import new_id
from shared.refusals import Refused
from shared.web.tokens import Issuer

ISSUER_NAME = "urn:cadre:local-issuer"


class FolderIsServed(Refused):
    """Another process serves this data folder."""

    title = "Another process serves this data folder"


class FolderIsNotAnInstallation(Refused):
    """There is no installation in this folder."""

    title = "There is no installation in this folder; `serve` makes one"


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation in one folder."""

    folder: Path
    identity: str
    story_start: datetime | None

    @property
    def is_story(self) -> bool:
        """Whether it was made with a story's clock."""
        return self.story_start is not None

    def database_url(self, name: str) -> str:
        """The SQLite file of a service, or of the queue."""
        return f"sqlite+aiosqlite:///{self.folder / f'{name}.sqlite'}"

    def issuer(self) -> Issuer:
        """The local issuer, with its private key."""
        key = json.loads(_kept(self.folder / "keys" / "issuer.json", _new_issuer_key))
        return Issuer(ISSUER_NAME, ECKey.import_key(key))

    def link_keys(self, service: str) -> list[bytes]:
        """The key with which one service signs its links, and those it had before, a line each."""
        return [bytes.fromhex(line) for line in self.secret(f"links-{service}").split()]

    def secret(self, name: str) -> str:
        """A random secret of 32 bytes in hex, made when it is first needed."""
        return _kept(self.folder / "keys" / name, lambda: secrets.token_hex(32)).strip()

    def served_at(self) -> str | None:
        """The address of the process that serves this folder, if one does."""
        try:
            with (self.folder / "serve.lock").open("r") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return lock.read().strip() or None
        except FileNotFoundError:
            return None
        return None

    @contextmanager
    def locked(self, address: str) -> Iterator[None]:
        """Hold the folder for this process alone, and say where it answers.

        Raises `FolderIsServed`.
        """
        with (self.folder / "serve.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderIsServed from None
            lock.truncate(0)
            lock.write(address)
            lock.flush()
            try:
                yield
            finally:
                lock.truncate(0)


def open_installation(folder: Path) -> Installation:
    """The installation in a folder. Raises `FolderIsNotAnInstallation`."""
    try:
        kept: dict[str, Any] = json.loads((folder / "installation.json").read_text())
    except FileNotFoundError:
        raise FolderIsNotAnInstallation from None
    start = kept.get("story_start")
    return Installation(
        folder.resolve(), kept["id"], datetime.fromisoformat(start) if start else None
    )


def make_installation(folder: Path, story_start: datetime | None) -> Installation:
    """The installation in a folder, made when there is none yet.

    An installation stays what it was made as: with a story's clock, or without.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    described = {
        "id": str(new_id()),
        "story_start": story_start.isoformat() if story_start else None,
    }
    _kept(folder / "installation.json", lambda: json.dumps(described))
    return open_installation(folder)


def _kept(path: Path, make: Any) -> str:
    """The text of a file that only we may read; written whole, or not at all, the first time."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(written)
        except FileExistsError:
            pass
        finally:
            written.unlink()
    return path.read_text()


def _new_issuer_key() -> str:
    return json.dumps(ECKey.generate_key("P-256").as_dict(private=True))
