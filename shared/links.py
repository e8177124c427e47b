"""Signed links: HMAC over purpose, id and expiry; nothing personal in them, nothing stored.

The service that makes a link checks it, with its own key or one it had before. GET shows, POST
acts, because scanners open every link in a mail.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from shared.refusals import Refused
from shared.sealing import Seals

SIGNATURE_BYTES = 20


class LinkIsNotValid(Refused):
    """The link was changed, belongs elsewhere, or was never made here."""

    status = 404
    title = "This link is not valid"


class LinkHasExpired(Refused):
    """The link was good until a moment that has passed."""

    status = 410
    title = "This link has expired"


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and checks the links of one service; `origin` is the public address, no slash."""

    key: bytes = field(repr=False)
    origin: str
    service: str
    former: tuple[bytes, ...] = field(default=(), repr=False)
    """Keys the service had before: what was made with them still holds, and nothing new is."""

    def make(self, purpose: str, identity: UUID, expires: datetime) -> str:
        """The whole address of a page: `<origin>/<service>/<purpose>/<code>`."""
        return f"{self.page(purpose)}/{self.code(purpose, identity, expires)}"

    def page(self, path: str) -> str:
        """The whole address of a page of this service."""
        return f"{self.origin}/{self.service}/{path}"

    def code(self, purpose: str, identity: UUID, expires: datetime) -> str:
        """Id, expiry (whole seconds) and signature, as URL-safe text."""
        until = int(expires.timestamp())
        content = identity.bytes + until.to_bytes(5, "big")
        return _text(content + self._signature(self.key, purpose, content))

    def seals(self, purpose: str) -> Seals:
        """Seals for one purpose, with keys derived from the same."""
        return Seals(self.key, f"{self.service}/{purpose}", self.former)

    def check(self, purpose: str, code: str, now: datetime) -> UUID:
        """The id a code stands for. Raises `LinkIsNotValid` or `LinkHasExpired`."""
        raw = _bytes(code)
        content, signature = raw[:21], raw[21:]
        if len(raw) != 21 + SIGNATURE_BYTES or _text(raw) != code:
            raise LinkIsNotValid
        made = [self._signature(key, purpose, content) for key in (self.key, *self.former)]
        if not any(hmac.compare_digest(signature, one) for one in made):
            raise LinkIsNotValid
        if datetime.fromtimestamp(int.from_bytes(content[16:], "big"), UTC) < now:
            raise LinkHasExpired
        return UUID(bytes=content[:16])

    def _signature(self, key: bytes, purpose: str, content: bytes) -> bytes:
        message = f"{self.service}/{purpose}\n".encode() + content
        return hmac.new(key, message, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(code: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(code.encode("ascii") + b"=" * (-len(code) % 4))
    except ValueError:
        raise LinkIsNotValid from None
