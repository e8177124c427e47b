"""Reads a mail as it came; a broken one is read as far as it goes and never refused."""

import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Final

from .received import Message

_KEY: Final = re.compile(r"<([^<>@\s]+)@[^<>@\s]+>")


def read_mail(raw: bytes, to: str, sender: str) -> Message:
    """The row of a mail that arrived for one recipient."""
    mail = parsed(raw)
    key = _KEY.fullmatch(header(mail, "Message-ID").strip())
    return Message(
        channel="email",
        key=key.group(1) if key else None,
        to=storable(to),
        sender=storable(sender),
        language=header(mail, "Content-Language") or None,
        subject=header(mail, "Subject"),
        text=part_of(mail, "plain") or "",
        raw=raw,
    )


def parsed(raw: bytes) -> EmailMessage:
    """The mail, whatever defects it has."""
    return BytesParser(policy=default).parsebytes(raw)


def header(mail: EmailMessage, name: str) -> str:
    """A header as text, empty when it is missing or can not be read."""
    try:
        return storable(str(mail[name] or ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def part_of(mail: EmailMessage, kind: str) -> str | None:
    """The body of this kind, `plain` or `html`."""
    try:
        body = mail.get_body((kind,))
        return storable(body.get_content()) if body is not None else None
    except (LookupError, ValueError, AttributeError):
        return None


def storable(text: str) -> str:
    """Text that any database and any page takes: undecodable bytes become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
