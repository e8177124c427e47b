"""Who is believed about where a visitor comes from: the proxies between, and nobody else.

Any caller can claim to speak for another (X-Forwarded-For), and limits count by address.
"""

from collections.abc import Sequence
from ipaddress import ip_network

from shared.refusals import Refused

THIS_MACHINE = ("127.0.0.0/8", "::1/128")
"""Where none are named."""


class ProxiesAreWrong(Refused):
    """What is to be believed about visitors is not named by addresses."""

    title = "The proxies are not addresses or networks, with commas between them"


def proxies_in(text: str) -> Sequence[str]:
    """Networks, as a list of addresses and networks names them. Raises `ProxiesAreWrong`."""
    return [_network(one.strip()) for one in text.split(",")]


def _network(text: str) -> str:
    try:
        return str(ip_network(text))
    except ValueError:
        raise ProxiesAreWrong(f"{text!r} is no address or network") from None
