"""Reads templates/<message>/<language>.toml and the strings every mail of a language shares."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from .messages import LANGUAGES, MESSAGES, UnknownMessage

FOLDER: Final = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class MessageTemplate:
    """One message in one language: the sources of its texts."""

    subject: str
    lines: tuple[str, ...]
    sms: str
    action: str | None

    def sources(self) -> tuple[str, ...]:
        """Every text of it."""
        return (self.subject, *self.lines, self.sms, *filter(None, [self.action]))


@cache
def message_template(message: str, language: str) -> MessageTemplate:
    """Read once. Raises UnknownMessage."""
    if message not in MESSAGES or language not in LANGUAGES:
        raise UnknownMessage(f"{message} in {language}")
    keys = tomllib.loads((FOLDER / message / f"{language}.toml").read_text("utf-8"))
    return MessageTemplate(lines=tuple(keys.pop("lines")), action=keys.pop("action", None), **keys)


@cache
def layout_strings(language: str) -> Mapping[str, str]:
    """Greeting, closing, labels and footer of a language."""
    strings = tomllib.loads((FOLDER / "layout" / f"{language}.toml").read_text("utf-8"))
    return MappingProxyType(strings)


@cache
def layout_source(name: str) -> str:
    """Source of a layout file."""
    return (FOLDER / "layout" / name).read_text("utf-8")
