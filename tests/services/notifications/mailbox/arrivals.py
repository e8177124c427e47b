"""Mails and SMS for the mailbox to take."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import FastAPI

from services.notifications.channels import SendOutcome, SmtpSettings, send_email
from services.notifications.mailbox import Mailbox
from services.notifications.rendering import RenderedEmail

MAIL = RenderedEmail(
    "عرض مقعد", "نص الرسالة\n", '<p dir="rtl"><a href="https://a.org">نص</a></p>', "ar", "rtl"
)
WITH_KEY = {"Authorization": "Bearer secret"}


async def send_mail(
    mailbox: Mailbox, key: str = "k-1", to: str = "a@example.org", mail: RenderedEmail = MAIL
) -> SendOutcome:
    """Send one mail over SMTP."""
    settings = SmtpSettings("127.0.0.1", mailbox.smtp_port, "none", timeout_seconds=5)
    return await send_email(settings, key, to, "desk@example.org", mail)


async def send_sms(
    client: httpx.AsyncClient, key: str = "s-1", text: str = "تذكير https://a.org/x"
) -> httpx.Response:
    """Hand one SMS to the gateway."""
    sms = {"reference": key, "to": "+962790000000", "text": text, "sender": "CADRE"}
    headers = WITH_KEY | {"Content-Language": "ar"}
    return await client.post("/gateway/messages", json=sms, headers=headers)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application that is served by a thread of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
