"""A real SMTP server on our own event loop: it says 250 when the mail is on disk."""

import asyncio
import logging
import sqlite3
from typing import cast

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from .mail_reading import read_mail
from .received import ReceivedMessages

LARGEST_MAIL = 10 * 1024 * 1024
SECONDS_TO_SAY_GOODBYE = 5

log = structlog.get_logger()


class SmtpReceiver:
    """Listens, keeps what comes, and closes every conversation when it stops."""

    def __init__(self, received: ReceivedMessages) -> None:
        self._received = received
        self._server: asyncio.Server | None = None
        self._conversations: set[asyncio.WriteTransport] = set()

    @property
    def port(self) -> int:
        """The port it listens on. Raises RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the mailbox is not started")
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def is_started(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes a free one."""
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # its info lines name recipients
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: self._conversation(loop), host, port)

    async def stop(self) -> None:
        """Take no more, hang up."""
        if self._server is None:
            return
        self._server.close()
        for transport in list(self._conversations):
            transport.close()
        try:
            async with asyncio.timeout(SECONDS_TO_SAY_GOODBYE):
                await self._server.wait_closed()
        except TimeoutError:
            for transport in list(self._conversations):
                transport.abort()
        self._server = None

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail once for every recipient."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        sender = envelope.mail_from or ""
        messages = [read_mail(raw, to, sender) for to in envelope.rcpt_tos]
        try:
            await asyncio.to_thread(self._received.keep, messages)
        except sqlite3.Error:
            log.exception("mail_is_not_kept")
            return "451 not kept, try again"
        return "250 kept"

    def _conversation(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        return _Conversation(
            self._conversations,
            self,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="mailbox",
            ident="cadre",
            loop=loop,
        )


class _Conversation(SMTP):
    """One client; known while it is connected, so that stopping can end it."""

    def __init__(
        self,
        conversations: set[asyncio.WriteTransport],
        handler: SmtpReceiver,
        *,
        data_size_limit: int,
        enable_SMTPUTF8: bool,  # noqa: N803 (aiosmtpd's name)
        hostname: str,
        ident: str,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._conversations = conversations
        self._own: asyncio.WriteTransport | None = None
        super().__init__(
            handler,
            data_size_limit=data_size_limit,
            enable_SMTPUTF8=enable_SMTPUTF8,
            hostname=hostname,
            ident=ident,
            loop=loop,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._own = cast(asyncio.WriteTransport, transport)  # uvloop's is one only by its methods
        self._conversations.add(self._own)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._own is not None:
            self._conversations.discard(self._own)
        super().connection_lost(error)
