"""What a system proves itself with: shown once, kept as digests."""

import secrets
from dataclasses import dataclass, field

from shared.outsiders import digest_of, new_key


@dataclass(frozen=True, slots=True)
class Credentials:
    """A new key for HTTP, and a new password where there is a broker."""

    key: str = field(repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def key_digest(self) -> str:
        """What is kept of the key."""
        return digest_of(self.key)


def new_credentials(code: str, *, user: str | None) -> Credentials:
    """Secrets that nobody has seen yet, for HTTP and for a user of the broker."""
    return Credentials(new_key(code), user, secrets.token_urlsafe(32) if user else None)
