"""`restore`: makes an installation from a back-up, in a folder that is not there yet; with
`--service`, puts one service of it back to what it was then (nothing may serve the folder)."""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from shared.backup.sealed import BackupIsDamaged, Manifest, open_sealed
from shared.refusals import Refused

from ..installation import Installation, open_installation
from ..operating import SERVICES
from .backup import KIND

NEXT = """{service} is as it was at {made_at}; what it was before lies in {replaced}.
Now, before anything serves the folder, in this order (README of deploy, "Back-up and restore"):
  python -m services doctor --data {folder} --after-restore {service}{catch_up}"""
CATCH_UP = "\n  python -m services catch-up --data {folder} {service}"


class FolderIsThere(Refused):
    """A whole installation is restored beside what is left of the old one, not over it."""

    title = "There is something in this folder already; move it away first"


class BackupIsOfAnother(Refused):
    """A service goes back into the installation that it is of."""

    title = "This back-up is of another installation"


def run(prog: str, arguments: Sequence[str]) -> str:
    """What was made, and what to do next. Raises `BackupIsDamaged`, `BackupIsOfAnother`,
    `FolderIsThere`, `FolderIsServed`, `FolderIsNotAnInstallation`."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the installation")
    parser.add_argument("--from", type=Path, required=True, metavar="FILE", dest="sealed")
    parser.add_argument("--service", choices=SERVICES, help="only this one")
    asked = parser.parse_args(arguments)
    if asked.service:
        return restore_one(open_installation(asked.data), asked.sealed, asked.service)
    return restore_all(asked.data, asked.sealed)


def restore_all(folder: Path, sealed: Path) -> str:
    """The whole folder; it appears when it is whole."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderIsThere(f"there is something in {folder} already; move it away first")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as gathered:
        made = Path(gathered) / "made"
        manifest = _opened(sealed, made)
        with suppress(FileNotFoundError):
            folder.rmdir()
        made.rename(folder)
    return f"{folder} is as it was at {manifest.made_at}: serve it, then run `doctor`"


def restore_one(installation: Installation, sealed: Path, service: str) -> str:
    """One file; what stood there is kept beside it."""
    folder, name = installation.folder, f"{service}.sqlite"
    with (
        installation.locked(""),
        tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as gathered,
    ):
        manifest = _opened(sealed, Path(gathered) / "made")
        if manifest.about["installation"] != installation.identity:
            raise BackupIsOfAnother
        replaced = folder / "replaced" / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")
        replaced.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (name, f"{name}-wal", f"{name}-shm"):
            if (folder / file).exists():
                (folder / file).rename(replaced / file)
        (Path(gathered) / "made" / name).rename(folder / name)
    catch_up = CATCH_UP.format(folder=folder, service=service) if service != "reporting" else ""
    told = {"service": service, "made_at": manifest.made_at, "replaced": replaced}
    return NEXT.format(**told, folder=folder, catch_up=catch_up)


def _opened(sealed: Path, into: Path) -> Manifest:
    manifest = open_sealed(sealed, into)
    if manifest.kind != KIND:
        raise BackupIsDamaged(f"it is {manifest.kind}, and no folder of an installation")
    return manifest
