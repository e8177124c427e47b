"""What a system proves itself with: shown once, kept as digests."""

import secrets
from dataclasses import dataclass, field

from shared.outsiders import digest_of, new_key


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
