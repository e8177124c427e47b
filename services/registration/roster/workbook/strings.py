"""The texts that the cells of a workbook share: kept on disk, looked up by number."""

import re
from array import array
from tempfile import TemporaryFile

from .listening import Listener, listen
from .package import MOST_BYTES_OF_A_LARGE_PART, Package
from .unreadable import DAMAGED, CannotBeRead

LONGEST_TEXT = 32_767
"""What a spreadsheet takes for one cell."""
TEXTS_AT_HAND = 2_000
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Strings:
    """Texts by number, in a file without a name: a list of officers has a hundred thousand."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115
        self._ends = array("Q", [0])
        self._at_hand: dict[int, str] = {}

    def add(self, text: str) -> None:
        """The next text."""
        self._file.write(text.encode("utf-8", "surrogatepass"))
        self._ends.append(self._file.tell())

    def __getitem__(self, number: int) -> str:
        if number in self._at_hand:
            return self._at_hand[number]
        if not 0 <= number < len(self._ends) - 1:
            raise CannotBeRead(DAMAGED)
        self._file.seek(self._ends[number])
        found = self._file.read(self._ends[number + 1] - self._ends[number])
        if len(self._at_hand) >= TEXTS_AT_HAND:
            self._at_hand.clear()
        text = self._at_hand[number] = found.decode("utf-8", "surrogatepass")
        return text

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def strings_of(package: Package, part: str | None) -> Strings:
    """The shared texts of a workbook, none where it has no such part."""
    strings = Strings()
    if part is not None:
        with package.open(part) as stream:
            listener = _Texts(strings)
            for _ in listen(stream, listener, MOST_BYTES_OF_A_LARGE_PART):
                pass
    return strings


def unescaped(text: str) -> str:
    """A text as it was typed: characters that XML can not hold are written as _x000D_."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class TextPieces:
    """The text of one cell, put together from its runs; without the reading aids of some."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def add(self, piece: str) -> None:
        """One more piece; of what is longer than any cell, one character too many is kept."""
        left = LONGEST_TEXT + 1 - self._length
        if left > 0:
            self._pieces.append(piece[:left])
            self._length += min(len(piece), left)

    @property
    def whole(self) -> str:
        return unescaped("".join(self._pieces))


class _Texts(Listener):
    def __init__(self, strings: Strings) -> None:
        super().__init__()
        self._strings = strings
        self._pieces = TextPieces()
        self._is_text = self._is_aid = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces.begin()
        elif name == "rPh":
            self._is_aid = True
        self._is_text = name == "t" and not self._is_aid

    def ends(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_aid = False
        elif name == "si":
            self._strings.add(self._pieces.whole)

    def says(self, text: str) -> None:
        if self._is_text:
            self._pieces.add(text)
