"""What a system proves itself with: shown once, kept as digests."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field

from shared.outsiders import digest_of, new_key

SALT_BYTES = 4


@dataclass(frozen=True, slots=True)
class Credentials:
    """A new key for HTTP, and a new password where there is a broker."""

    key: str = field(repr=False)
    password: str | None = field(repr=False)

    @property
    def key_digest(self) -> str:
        """What is kept of the key."""
        return digest_of(self.key)


def new_credentials(code: str, *, for_broker: bool) -> Credentials:
    """Secrets that nobody has seen yet."""
    return Credentials(new_key(code), secrets.token_urlsafe(32) if for_broker else None)


def password_hash(password: str) -> str:
    """What RabbitMQ keeps of a password (`rabbit_password_hashing_sha256`): four bytes of salt,
    then the SHA-256 of salt and password, in base64."""
    salt = secrets.token_bytes(SALT_BYTES)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return base64.b64encode(salt + digest).decode()
