"""What has arrived at the receiving server, read as its recipients read it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .client import Caller
from .failures import PlayFailed

_LINK = re.compile(r"https?://[^\s<>\"'\u2066-\u2069]+")


class NothingArrived(PlayFailed):
    """The mail that somebody waits for is not there."""


class Mailbox:
    """The mailbox of the installation, asked for what came to one address."""

    def __init__(self, reader: Caller) -> None:
        self._reader = reader

    def link_to(self, address: str, page: str) -> str:
        """The link to a page (`/registration/offer/`) in the newest mail to an address that has
        one. Raises `NothingArrived`."""
        link = self.with_link_to(page, to=address).get(address)
        if link is None:
            raise NothingArrived(f"no mail to {address} has a link to {page}")
        return link

    def with_link_to(self, page: str, to: str = "") -> Mapping[str, str]:
        """The newest link to a page by the address it was mailed to."""
        found: dict[str, str] = {}
        for mail in self.received(channel="email", q=page, to=to):
            text = self._reader.get(f"/mailbox/messages/{mail['id']}")["text"]
            for link in links_in(text):
                if page in link:
                    found[mail["to"]] = link
        return found

    def received(self, **which: str) -> Sequence[Any]:
        """Everything that arrived, the oldest first."""
        return list(self._reader.listed("/mailbox/messages", **which))


def links_in(text: str) -> Sequence[str]:
    """The links of a message, as a reader's program makes them out."""
    return [link.rstrip(".,)") for link in _LINK.findall(text)]
