"""What is kept sealed at rest: AES-256-GCM by a key of the service's own, bound to what it is of.

Whoever reads the database, or a copy of it, without the service's key reads nothing of it.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.refusals import Refused

NONCE_BYTES = 12


class SealDoesNotOpen(Refused):
    """What was sealed was changed, or sealed with another key than the service has now."""

    title = "This can not be read with the present key"


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals and opens for one purpose of one service; the key is derived from the service's own."""

    key: bytes = field(repr=False)
    purpose: str

    def seal(self, identity: UUID, content: bytes) -> bytes:
        """Nonce and ciphertext; the same content is never the same twice."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, content, identity.bytes)

    def open(self, identity: UUID, sealed: bytes) -> bytes:
        """What was sealed for this identity. Raises `SealDoesNotOpen`."""
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, ciphertext, identity.bytes)
        except (InvalidTag, ValueError):
            raise SealDoesNotOpen from None

    def _cipher(self) -> AESGCM:
        name = f"sealed/{self.purpose}".encode()
        return AESGCM(hmac.new(self.key, name, hashlib.sha256).digest())
