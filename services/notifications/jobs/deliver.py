"""The ways out of an installation, and one message sent by the one it is written for."""

import asyncio
from dataclasses import dataclass
from typing import Final

from ..channels import Arrival, Channel, SendOutcome
from ..rendering import RenderedEmail, RenderedSms

SECONDS_TO_SEND: Final = 75
"""Less than the lease of a job: nobody else asks while we may still be sending."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """Where mail and SMS go, and the name that stands below them."""

    email: Channel[RenderedEmail]
    sms: Channel[RenderedSms]
    sender_name: str = "Cadre"

    async def ask(self, channel: str, key: str) -> Arrival:
        """Whether the receiver of a channel has a message with this key."""
        return await (self.email if channel == "email" else self.sms).ask(key)

    async def send(self, key: str, to: str, written: RenderedEmail | RenderedSms) -> SendOutcome:
        """Send once, with an end in bounded time."""
        try:
            async with asyncio.timeout(SECONDS_TO_SEND):
                if isinstance(written, RenderedEmail):
                    return await self.email.send(key, to, written)
                return await self.sms.send(key, to, written)
        except TimeoutError:
            return SendOutcome("unknown", "took-too-long")
        except ValueError:
            return SendOutcome("deferred", "settings-are-not-valid")
