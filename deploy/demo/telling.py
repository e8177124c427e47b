"""What the play says while it goes on: plain lines, coloured on a terminal that likes colour."""

import os
import sys
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

BOLD, GREEN, DIM, RESET = "\033[1m", "\033[32m", "\033[2m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes lines to one stream."""

    stream: TextIO
    in_colour: bool

    def act(self, title: str) -> None:
        """A new part of the story."""
        self._line(f"\n{self.bold(title)}")

    def done(self, sentence: str) -> None:
        """Something happened as it should."""
        self._line(f"  {self._in(GREEN, '✓')} {sentence}")

    def say(self, text: str = "") -> None:
        """A line as it is."""
        self._line(text)

    def bold(self, text: str) -> str:
        """Text that stands out, where it can."""
        return self._in(BOLD, text)

    def dim(self, text: str) -> str:
        """Text that steps back, where it can."""
        return self._in(DIM, text)

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{RESET}" if self.in_colour else text

    def _line(self, text: str) -> None:
        print(text, file=self.stream, flush=True)


def teller_on(stream: TextIO) -> Teller:
    """Colour on a terminal, unless NO_COLOR is set (no-color.org)."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Teller(stream, in_colour=stream.isatty() and not plain)


def write_utf8() -> None:
    """Names in Arabic must not stop the play on a terminal with another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
