"""The archive that a workbook is: its parts by name, and by what it is told from other archives."""

import posixpath
from contextlib import suppress
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile

from .listening import Listener, listen
from .unreadable import (
    BINARY_WORKBOOK,
    DAMAGED,
    EXPANDS_TOO_MUCH,
    OPEN_DOCUMENT,
    OTHER_ARCHIVE,
    WORD_DOCUMENT,
    CannotBeRead,
)

MOST_PARTS = 2_000
MOST_BYTES_OF_A_SMALL_PART = 4_000_000
MOST_BYTES_OF_A_LARGE_PART = 200_000_000
MAIN = "officeDocument"


class Package:
    """The parts of a workbook. Raises `CannotBeRead` where it is something else."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._archive = ZipFile(file)
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise CannotBeRead(DAMAGED) from None
        self.names = frozenset(self._archive.namelist())
        if len(self.names) > MOST_PARTS:
            raise CannotBeRead(EXPANDS_TOO_MUCH)
        self._refuse_other_documents()

    def open(self, name: str) -> IO[bytes]:
        """A part, to be read as a stream."""
        try:
            return self._archive.open(name)
        except (KeyError, BadZipFile, RuntimeError, ValueError, OSError, NotImplementedError):
            raise CannotBeRead(DAMAGED) from None

    def relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """By its id, the kind and the name of each part that this one refers to."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        found = _Relations(folder)
        if where in self.names:
            with self.open(where) as stream:
                for _ in listen(stream, found, MOST_BYTES_OF_A_SMALL_PART):
                    pass
        return found.targets

    def main_part(self) -> str:
        """The part that names the sheets."""
        found = (name for kind, name in self.relations_of("").values() if kind == MAIN)
        return next(found, "xl/workbook.xml")

    def _refuse_other_documents(self) -> None:
        if "mimetype" in self.names:
            raise CannotBeRead(OPEN_DOCUMENT)
        if any(name.startswith("word/") for name in self.names):
            raise CannotBeRead(WORD_DOCUMENT)
        if "xl/workbook.bin" in self.names:
            raise CannotBeRead(BINARY_WORKBOOK)
        if not any(name.endswith(".xml") and "workbook" in name for name in self.names):
            raise CannotBeRead(OTHER_ARCHIVE)


class _Relations(Listener):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        with suppress(KeyError):
            target = attributes["Target"]
            whole = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = kind, posixpath.normpath(whole).lstrip("/")
