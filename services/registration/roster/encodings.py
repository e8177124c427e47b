"""Which encoding a file is in: by its bytes where they tell, otherwise by what it reads like.

UTF-8 and a byte order mark are certain. Otherwise it is what spreadsheets write, cp1252 or cp1256,
and both readings are scored: headings we know count most, then words. A word in one script speaks
for a reading; one that mixes Arabic and Latin letters, or is made of accented letters alone, speaks
against it. If the better reading still has more against it than for it, the encoding is unknown."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from .headings import recognised

BEYOND_ASCII = r"(?:[^\W\d_A-Za-z]|[\u064b-\u0652])"
WORD_BEYOND_ASCII = re.compile(rf"[A-Za-z]*{BEYOND_ASCII}(?:[A-Za-z]|{BEYOND_ASCII})*")
CELL_ENDS = re.compile('[,;\t"]')
LATIN_LETTERS = frozenset("àâäæçèéêëîïôöœùûüÿñáíóúãõßåøìòšž")
A_HEADING = 10
BYTES_AT_ONCE = 64 * 1024
BYTES_THAT_TELL = 512 * 1024


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str


def encoding_of(file: BinaryIO) -> str | None:
    """The encoding; None where it is unknown, damaged or the text holds NUL characters.

    The file is read from its beginning, a piece at a time."""
    beginning = next(pieces_of(file), b"")
    encoding = marked(beginning) if is_marked(beginning) else "utf-8"
    if is_clean(file, encoding):
        return encoding
    if is_marked(beginning):
        return None
    found = unmarked(telling_lines(file))
    return found.encoding if found and is_clean(file, found.encoding) else None


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(BYTES_AT_ONCE):
        yield piece


def is_clean(file: BinaryIO, encoding: str) -> bool:
    """Whether the whole file is text in this encoding."""
    decoder = getincrementaldecoder(encoding)()
    try:
        for piece in pieces_of(file):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def telling_lines(file: BinaryIO) -> bytes:
    """The first line, and as many others as are needed of those that are not plain ASCII."""
    told, last = b"", b""
    for number, piece in enumerate(pieces_of(file)):
        *lines, last = (last + piece).splitlines(keepends=True)
        kept = [one for at, one in enumerate(lines) if not (number or at) or not one.isascii()]
        told += b"".join(kept)
        if len(told) > BYTES_THAT_TELL:
            return told
        last = last if len(last) < BYTES_AT_ONCE else b""
    return told + last


def is_marked(content: bytes) -> bool:
    return content.startswith((BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE))


def marked(content: bytes) -> str:
    return "utf-8-sig" if content.startswith(BOM_UTF8) else "utf-16"


def unmarked(content: bytes) -> Decoded | None:
    if is_damaged_utf_8(content):
        return None
    readings = [read_as(encoding, content) for encoding in ("cp1252", "cp1256")]
    scored = [
        (A_HEADING * known_headings(reading.text) + words, words, reading)
        for reading in readings
        if reading is not None
        for words in [score_of_words(reading.text)]
    ]
    _, words, best = max(scored, key=lambda one: one[0])
    return best if words >= 0 else None


def read_as(encoding: str, content: bytes) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def is_damaged_utf_8(content: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: by chance another encoding is not."""
    beyond_ascii = [one for one in content.decode("utf-8", "replace") if one > "\x7f"]
    damaged = beyond_ascii.count("\ufffd")
    return len(beyond_ascii) - damaged > damaged


def known_headings(text: str) -> int:
    first_line = text.lstrip().split("\n", 1)[0].split("\r", 1)[0]
    return recognised(CELL_ENDS.split(first_line)[:200])


def score_of_words(text: str) -> int:
    return sum(score_of_word(word) for word in WORD_BEYOND_ASCII.findall(text))


def score_of_word(word: str) -> int:
    """How much a word with letters beyond ASCII speaks for the reading it stands in."""
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in word)
    if len(word) == 1:
        return 0
    if arabic:
        return len(word) if arabic == len(word) else -2 * len(word)
    accented = [letter for letter in word if letter > "\x7f"]
    strange = sum(letter.lower() not in LATIN_LETTERS for letter in accented)
    if strange or len(accented) == len(word) or is_capital_inside(word):
        return -len(accented)
    return len(accented)


def is_capital_inside(word: str) -> bool:
    """An accented capital after a small letter: "JosÉ" is no word, "JOSÉ" and "José" are."""
    return any(
        after > "\x7f" and after.isupper() and before.islower() for before, after in pairwise(word)
    )
