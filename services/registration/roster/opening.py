"""A file as a focal point sends it, opened by what it is and not by what it is called."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

from .encodings import encoding_of
from .records import (
    Record,
    Unreadable,
    delimiter_of,
    records_of,
)
from .rows import Fault
from .workbook.book import roster_sheet
from .workbook.package import Package
from .workbook.unreadable import (
    OLD_WORKBOOK,
    PORTABLE_DOCUMENT,
    WEB_PAGE,
    CannotBeRead,
)

WORKBOOK = "xlsx"
ARCHIVE = b"PK\x03\x04"
EMPTY_ARCHIVE = b"PK\x05\x06"
NO_TABLES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORKBOOK),
    (b"%pdf", PORTABLE_DOCUMENT),
    (b"<html", WEB_PAGE),
    (b"<!doctype", WEB_PAGE),
)
CHARACTERS_THAT_TELL = 64 * 1024

ENCODING_UNKNOWN = Fault(
    "encoding-unknown",
    "The file is damaged, not a CSV file, or in an encoding we cannot read. Save it as CSV UTF-8.",
)


@dataclass(frozen=True)
class Opened:
    """The records of a file. `total` is about how many there are; `is_ours` says that the sheet was
    given out by us, with officers in it who are not nominated: those without a priority."""

    records: Iterator[Record | Unreadable]
    encoding: str
    delimiter: str
    total: int
    is_ours: bool = False


def open_file(file: BinaryIO) -> Opened:
    """The records of a CSV file or a workbook. Raises `CannotBeRead`, also while they are taken."""
    if _is_archive(file):
        sheet = roster_sheet(file)
        return Opened(sheet.records, WORKBOOK, "", sheet.total, sheet.is_ours)
    return _open_text(file)


def require_sheet(file: BinaryIO) -> None:
    """Look at the bytes of a file before it is read. Raises `CannotBeRead` where it is neither text
    nor a workbook, whatever it is called."""
    if _is_archive(file):
        Package(file)
    elif encoding_of(file) is None:
        raise CannotBeRead(ENCODING_UNKNOWN)
    file.seek(0)


def _is_archive(file: BinaryIO) -> bool:
    file.seek(0)
    signature = file.read(16).lstrip(b"\xef\xbb\xbf \r\n\t")
    file.seek(0)
    for beginning, fault in NO_TABLES:
        if signature.lower().startswith(beginning):
            raise CannotBeRead(fault)
    return signature.startswith((ARCHIVE, EMPTY_ARCHIVE))


def _open_text(file: BinaryIO) -> Opened:
    encoding = encoding_of(file)
    if encoding is None:
        raise CannotBeRead(ENCODING_UNKNOWN)
    delimiter = delimiter_of(_beginning(file, encoding))
    total = _lines(file)
    file.seek(0)
    lines = TextIOWrapper(file, encoding=encoding, newline="")
    return Opened(records_of(lines, delimiter), encoding, delimiter, total)


def _beginning(file: BinaryIO, encoding: str) -> str:
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    try:
        return text.read(CHARACTERS_THAT_TELL)
    finally:
        text.detach()


def _lines(file: BinaryIO) -> int:
    file.seek(0)
    lines = carriages = 0
    while piece := file.read(1 << 20):
        lines += piece.count(b"\n")
        carriages += piece.count(b"\r")
    return max(lines, carriages)
