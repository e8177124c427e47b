"""Mail by SMTP, one connection a mail, with an honest end: sent, refused, deferred or unknown."""

from dataclasses import dataclass, field
from typing import Literal

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from ..rendering import RenderedEmail
from .channel import Arrival, SendOutcome, checked_key
from .inquiry import ask_receiver
from .mail_message import is_address, mail_message

_FAILURES = (SMTPException, OSError)


@dataclass(frozen=True)
class SmtpSettings:
    """A mail server; with `inquiry_url` (GET {url}/messages/{key}) it can be asked for a key."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_seconds: float = 30
    our_host_name: str = "localhost"
    message_id_host: str = "cadre"
    inquiry_url: str | None = None
    inquiry_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class EmailChannel:
    """The mail server of an installation."""

    settings: SmtpSettings
    sender: str

    async def send(self, key: str, to: str, written: RenderedEmail) -> SendOutcome:
        """As `send_email`."""
        return await send_email(self.settings, key, to, self.sender, written)

    async def ask(self, key: str) -> Arrival:
        """Only a server with an inquiry address can be asked."""
        settings = self.settings
        if settings.inquiry_url is None:
            return "cannot_ask"
        return await ask_receiver(
            settings.inquiry_url, settings.inquiry_key, key, settings.timeout_seconds
        )


async def send_email(
    settings: SmtpSettings, key: str, to: str, sender: str, mail: RenderedEmail
) -> SendOutcome:
    """Send one mail. Raises ValueError for a key or a sender that are none; never for `to`."""
    checked_key(key)
    if not is_address(to):
        return SendOutcome("refused", "address-is-not-valid")
    sender_address, message = mail_message(key, settings.message_id_host, to, sender, mail)
    server = server_of(settings)
    try:
        await server.connect()
    except _FAILURES as failure:
        return SendOutcome("deferred", "server-not-reached", getattr(failure, "code", None))
    try:
        return await _hand_over(server, sender_address, to, message)
    finally:
        await _leave(server)


async def _hand_over(server: SMTP, sender: str, to: str, message: bytes) -> SendOutcome:
    """MAIL, RCPT, DATA. From DATA on the server may have accepted what it did not confirm."""
    options = [] if to.isascii() else ["SMTPUTF8"]
    data_begun = False
    try:
        if options and not await _understands_utf8(server):
            return SendOutcome("refused", "server-takes-ascii-addresses-only")
        await server.mail(sender, options=options)
        await server.rcpt(to, encoding="utf-8")
        data_begun = True
        await server.data(message)
    except SMTPResponseException as answer:
        return _outcome_of(answer.code, data_begun)
    except _FAILURES:
        if data_begun:
            return SendOutcome("unknown", "connection-lost-after-data")
        return SendOutcome("deferred", "connection-lost-before-data")
    return SendOutcome("sent", "accepted", 250)


def _outcome_of(code: int, data_begun: bool) -> SendOutcome:
    match code // 100:
        case 2:
            return SendOutcome("sent", "accepted", code)
        case 4:
            return SendOutcome("deferred", "server-says-later", code)
        case 5:
            return SendOutcome("refused", "server-says-never", code)
    return SendOutcome("unknown" if data_begun else "deferred", "answer-not-understood")


async def _understands_utf8(server: SMTP) -> bool:
    if server.is_ehlo_or_helo_needed:
        await server.ehlo()
    return server.supports_extension("SMTPUTF8")


async def _leave(server: SMTP) -> None:
    """The outcome stands; a failing goodbye changes nothing."""
    try:
        if server.is_connected:
            await server.quit(timeout=2)
    except _FAILURES:
        pass
    finally:
        server.close()


def server_of(settings: SmtpSettings, *, seconds: float | None = None) -> SMTP:
    """The server, not connected yet; patient for so long."""
    return SMTP(
        hostname=settings.host,
        port=settings.port,
        username=settings.username,
        password=settings.password,
        local_hostname=settings.our_host_name,
        timeout=settings.timeout_seconds if seconds is None else seconds,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",
    )
