"""What an installation must be told, and the `.env` that a new one begins with."""

import secrets
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from shared.contracts.listeners import LISTENERS
from shared.process.environment import SHORTEST_KEY

SERVICES = tuple(LISTENERS)
SECRETS_OF_A_SERVICE = ("CADRE_DATABASE_PASSWORD", "CADRE_BROKER_PASSWORD", "CADRE_LINK_KEY")
SECRETS_OF_SERVERS = ("CADRE_POSTGRESQL_PASSWORD", "CADRE_BROKER_MANAGEMENT_PASSWORD")
FOR_ALL = ("CADRE_INSTALLATION", "CADRE_ORIGIN", "CADRE_ISSUERS")
OF_PROVIDERS = ("CADRE_SENDER", "CADRE_SMTP_HOST", "CADRE_SMS_URL", "CADRE_SMS_KEY")
SHORTEST_PASSWORD = 16
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "CADRE_ISSUERS": 'who says who somebody is: \'[{"name": ISSUER, "key": PUBLIC JWK}]\'',
        "CADRE_SENDER": "who mails come from: Training <training@example.org>",
        "CADRE_SMTP_HOST": "your mail server; also CADRE_SMTP_PORT, _SECURITY, _USER, _PASSWORD",
        "CADRE_SMS_URL": "your SMS gateway",
        "CADRE_SMS_KEY": "its key",
    }
)
"""What only those who run an installation know."""


def secrets_of(service: str) -> Iterator[str]:
    """What the secrets of a service are called where those of all stand side by side."""
    return (f"{name}_{service.upper()}" for name in SECRETS_OF_A_SERVICE)


def secret_names() -> tuple[str, ...]:
    """Every secret of an installation."""
    return (*SECRETS_OF_SERVERS, *(name for one in SERVICES for name in secrets_of(one)))


def is_key(secret: str) -> bool:
    """Whether it is a key, which those it follows may stand below."""
    return secret.startswith("CADRE_LINK_KEY_")


def shortest(secret: str) -> int:
    """How many characters it has at least; of keys, as many as a service insists on."""
    return SHORTEST_KEY if is_key(secret) else SHORTEST_PASSWORD


def new_secret() -> str:
    """A secret of 256 bits, in letters that need no quoting anywhere."""
    return secrets.token_urlsafe(32)


def begun(origin: str, installation: str) -> str:
    """A `.env` with secrets of its own; what it can not know is left blank."""
    known = {"CADRE_INSTALLATION": installation, "CADRE_ORIGIN": origin}
    lines = [f"{name}={text}" for name, text in known.items()]
    for name, advice in ADVICE.items():
        lines += [f"# {advice}", f"{name}="]
    lines += ["# secrets of this installation alone"]
    lines += [f"{name}={new_secret()}" for name in secret_names()]
    return "\n".join(lines)
