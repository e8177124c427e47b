"""How users of a broker are named: of services and of other systems, with the installation's prefix
where several share a broker."""

from urllib.parse import unquote, urlsplit

OUTSIDER = "out-"
"""How the names of outsiders' users begin, after the prefix; what follows is their code."""


def prefix_of(url: str, service: str) -> str:
    """The prefix of an installation, told by the name with which a service of it signs in."""
    user = unquote(urlsplit(url).username or "")
    return user.removesuffix(service) if user.endswith(service) else ""


def outsider_user(prefix: str, code: str) -> str:
    """The user of another system."""
    return f"{prefix}{OUTSIDER}{code}"


def code_of(user: str, prefix: str) -> str | None:
    """The code of the system whose user this is; None for a service's, or another's."""
    begins = outsider_user(prefix, "")
    return user.removeprefix(begins) if user.startswith(begins) else None
