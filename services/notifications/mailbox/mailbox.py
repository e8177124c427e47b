"""The mailbox as one thing: an SMTP server, an HTTP application, and the file behind both."""

from pathlib import Path

from fastapi import FastAPI

from shared.observing.requests import UNTRACED
from shared.web.api import take_in
from shared.web.attending import attend
from shared.web.pages import Pages
from shared.web.problems import Answers

from .api import messages_api
from .gateway import gateway
from .page_routes import HERE, message_pages
from .received import ReceivedMessages
from .smtp_receiver import SmtpReceiver


class Mailbox:
    """Takes what an installation sends. Not for the open: only the gateway asks for a key."""

    def __init__(self, path: Path, *, gateway_key: str) -> None:
        self.received = ReceivedMessages(path)
        self._smtp = SmtpReceiver(self.received)
        self._gateway_key = gateway_key

    @property
    def smtp_port(self) -> int:
        """The port mails are taken on. Raises RuntimeError before `start`."""
        return self._smtp.port

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Take mails; port 0 takes a free one."""
        await self._smtp.start(host, port)

    async def stop(self) -> None:
        """Take no more mails and close the file."""
        await self._smtp.stop()
        self.received.close()

    def _mail_port(self) -> int | None:
        return self._smtp.port if self._smtp.is_started else None

    def api(self) -> FastAPI:
        """The gateway, the lists and the pages, to be mounted anywhere."""
        pages = Pages(HERE)
        api = FastAPI(
            telemetry=UNTRACED, title="Mailbox", version="1", docs_url=None, redoc_url=None
        )
        attend(api, Answers(pages.show_problem))
        takes = gateway(self.received, self._gateway_key, self._mail_port)
        take_in(api, takes, messages_api(self.received), message_pages(self.received, pages))
        return api
