"""XML heard as a stream, within bounds: no entities, no document types, no token without an end."""

import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from .unreadable import (
    DAMAGED,
    EXPANDS_TOO_MUCH,
    NOT_SAFE,
    CannotBeRead,
)

BYTES_AT_ONCE = 64 * 1024
LONGEST_TOKEN = 1_000_000


class Listener(ContentHandler):
    """Hears what begins, what ends and the text between, names without their prefix."""

    heard = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        """As SAX calls it."""
        self.heard += 1
        self.begins(name.rpartition(":")[2], attrs._attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        """As SAX calls it."""
        self.heard += 1
        self.ends(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        """As SAX calls it."""
        self.heard += 1
        self.says(content)

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def ends(self, name: str) -> None:
        """An element ends."""

    def says(self, text: str) -> None:
        """A piece of text, not necessarily the whole."""


def listen(part: IO[bytes], listener: Listener, most_bytes: int) -> Iterator[None]:
    """Read a part, with a halt after every piece, to take what was heard. Raises `CannotBeRead`."""
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(listener)
    read = silent = 0
    try:
        while piece := part.read(BYTES_AT_ONCE):
            before = listener.heard
            parser.feed(piece)
            read += len(piece)
            silent = 0 if listener.heard > before else silent + len(piece)
            if read > most_bytes or silent > LONGEST_TOKEN:
                raise CannotBeRead(EXPANDS_TOO_MUCH)
            yield
        parser.close()
    except DefusedXmlException:
        raise CannotBeRead(NOT_SAFE) from None
    except (SAXException, BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        raise CannotBeRead(DAMAGED) from None
