"""What a service is told when it is built: the same names in every process."""

from dataclasses import dataclass, field

from shared.web.tokens import Issuers


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation as every service of it sees it.

    `origin` is the public address without a slash at its end; `link_key` is the service's own, and
    `former_link_keys` are those it had before.
    """

    installation: str
    origin: str
    link_key: bytes = field(repr=False)
    issuers: Issuers
    story: bool = False
    former_link_keys: tuple[bytes, ...] = field(default=(), repr=False)
