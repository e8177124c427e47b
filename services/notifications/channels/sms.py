"""SMS through an HTTP gateway: POST {gateway}/messages under our key, GET to ask for it."""

import re
from dataclasses import dataclass, field
from typing import Final

import httpx

from ..rendering import RenderedSms
from .channel import Arrival, SendOutcome, checked_key
from .http_client import http_client
from .inquiry import ask_receiver

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_SURELY_NOT_TAKEN: Final = frozenset({401, 403, 408, 429, 503})
"""Our key, or the gateway's hour: not the message's fault, so it waits."""


@dataclass(frozen=True)
class SmsGatewaySettings:
    """A gateway; `sender` is the name shown, where the operators allow one."""

    url: str
    key: str = field(repr=False)
    sender: str | None = None
    timeout_seconds: float = 30


@dataclass(frozen=True)
class SmsChannel:
    """The SMS gateway of an installation."""

    settings: SmsGatewaySettings

    async def send(self, key: str, to: str, written: RenderedSms) -> SendOutcome:
        """Send one SMS to an E.164 number. Raises ValueError for a key that is none."""
        checked_key(key)
        if not _E164.fullmatch(to):
            return SendOutcome("refused", "number-is-not-valid")
        body = {"reference": key, "to": to, "text": written.text}
        if self.settings.sender is not None:
            body["sender"] = self.settings.sender
        try:
            answer = await self._post(body, written.language)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return SendOutcome("deferred", "gateway-not-reached")
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            return SendOutcome("deferred", "gateway-address-is-not-valid")
        except httpx.HTTPError:
            return SendOutcome("unknown", "connection-lost-after-sending")
        return _outcome_of(answer)

    async def ask(self, key: str) -> Arrival:
        """GET {gateway}/messages/{key}."""
        settings = self.settings
        return await ask_receiver(settings.url, settings.key, key, settings.timeout_seconds)

    async def _post(self, body: dict[str, str], language: str) -> httpx.Response:
        settings = self.settings
        async with http_client(settings.key, settings.timeout_seconds) as client:
            return await client.post(
                f"{settings.url.rstrip('/')}/messages",
                json=body,
                headers={"Content-Language": language},
            )


def _outcome_of(answer: httpx.Response) -> SendOutcome:
    code = answer.status_code
    if answer.is_success or code == httpx.codes.CONFLICT:
        reason = "accepted" if answer.is_success else "already-there"
        return SendOutcome("sent", reason, code)
    if code in _SURELY_NOT_TAKEN or answer.is_redirect:
        return SendOutcome("deferred", "gateway-says-later", code)
    if answer.is_client_error:
        return SendOutcome("refused", "gateway-says-never", code)
    return SendOutcome("unknown", "gateway-failed", code)
