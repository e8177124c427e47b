"""What is kept sealed at rest: AES-256-GCM by a key of the service's own, bound to what it is of.

Whoever reads the database, or a copy of it, without the service's key reads nothing of it.
"""

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.refusals import Refused

NONCE_BYTES = 12


class SealDoesNotOpen(Refused):
    """What was sealed was changed, or sealed with a key that the service does not have now."""

    title = "This can not be read with the keys that are here"


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals and opens for one purpose of one service; its keys are derived from the service's own,
    the one it has now and those it had before."""

    key: bytes = field(repr=False)
    purpose: str
    former: tuple[bytes, ...] = field(default=(), repr=False)

    def seal(self, identity: UUID, content: bytes) -> bytes:
        """Nonce and ciphertext; the same content is never the same twice."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(self.key).encrypt(nonce, content, identity.bytes)

    def open(self, identity: UUID, sealed: bytes) -> bytes:
        """What was sealed for this identity. Raises `SealDoesNotOpen`."""
        _, content = self._opened(identity, sealed)
        return content

    def is_by_former_key(self, identity: UUID, sealed: bytes) -> bool:
        """Whether it opens only with a key the service had before. Raises `SealDoesNotOpen`."""
        key, _ = self._opened(identity, sealed)
        return key != self.key

    def _opened(self, identity: UUID, sealed: bytes) -> tuple[bytes, bytes]:
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        for key in (self.key, *self.former):
            with suppress(InvalidTag, ValueError):
                return key, self._cipher(key).decrypt(nonce, ciphertext, identity.bytes)
        raise SealDoesNotOpen

    def _cipher(self, key: bytes) -> AESGCM:
        name = f"sealed/{self.purpose}".encode()
        return AESGCM(hmac.new(key, name, hashlib.sha256).digest())
