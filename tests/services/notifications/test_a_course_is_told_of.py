"""End to end with the built-in mailbox: real SMTP, a real gateway, and what they have received."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
import uvicorn

from services.notifications import Deliver
from services.notifications.channels import (
    EmailChannel,
    SmsChannel,
    SmsGatewaySettings,
    SmtpSettings,
)
from services.notifications.mailbox import Mailbox
from services.notifications.mailbox.received import Wanted

from .building import Notifications, notifications_on
from .every_fact import EVERYTHING
from .facts import LINK, REFERENCE, TITLE, an_id, offered, person

KEY = "a-gateway-key"
NOT_MESSAGES_OF_FACTS = {"layout", "session_reminder"}
MESSAGES = {one.name for one in Path("services/notifications/templates").iterdir()}
READER = an_id("arabic reader")


@pytest_asyncio.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[tuple[Mailbox, Deliver]]:
    """A mailbox that listens, and the ways to it."""
    receiver = Mailbox(tmp_path / "mailbox.sqlite", gateway_key=KEY)
    await receiver.start()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(receiver.api(), log_level="warning", lifespan="off"))
        serving = asyncio.create_task(server.serve([listening]))
        gateway = f"http://127.0.0.1:{listening.getsockname()[1]}/gateway"
        yield receiver, _ways(receiver, gateway)
        server.should_exit = True
        await serving
    await receiver.stop()


async def test_every_message_arrives_once(
    mailbox: tuple[Mailbox, Deliver], database_url: str
) -> None:
    receiver, ways = mailbox
    async with notifications_on(database_url, ways) as notifications:
        await notifications.hears(*EVERYTHING)

        await notifications.does_jobs()

        keys = {one["key"] for one in await notifications.messages(status="sent")}
        written = {one["message"] for one in await notifications.messages()}
    arrived = receiver.received.oldest_first(Wanted(), 0, 100)
    assert len(keys) == len(arrived) >= len(written)
    assert written == MESSAGES - NOT_MESSAGES_OF_FACTS
    assert {one.key for one in arrived} == keys
    assert receiver.received.figures()["repeats"] == 0


async def test_an_arabic_mail_and_sms_arrive_as_they_were_written(
    mailbox: tuple[Mailbox, Deliver], database_url: str
) -> None:
    receiver, ways = mailbox
    reader = person(
        READER, language="ar", calendar_country="JO", wants_sms=True, phone="+962790000003"
    )
    async with notifications_on(database_url, ways) as notifications:
        await notifications.hears(reader, offered(READER))

        await notifications.does_jobs()

    mail, sms = sorted(receiver.received.oldest_first(Wanted(), 0, 10), key=lambda one: one.channel)
    assert (mail.language, sms.language) == ("ar", "ar")
    assert REFERENCE in mail.subject
    assert 'dir="rtl"' in mail.raw.decode() or "rtl" in mail.text + str(mail.raw)
    assert "مقعد" in mail.text
    assert "مقعد" in sms.text
    assert all(LINK in one.text and TITLE not in one.text for one in (mail, sms))


async def test_killed_after_sending_the_mailbox_is_asked_and_has_it_once(
    mailbox: tuple[Mailbox, Deliver], database_url: str
) -> None:
    receiver, ways = mailbox
    async with notifications_on(database_url, ways) as notifications:
        await notifications.hears(person(READER), offered(READER))
        await _sends_and_is_killed(notifications)

        await notifications.does_jobs()

        (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ("sent", "confirmed")
    assert receiver.received.figures()["emails"] == 1


async def _sends_and_is_killed(notifications: Notifications) -> None:
    (one,) = await notifications.claims()
    await notifications.service.job_kinds[one.kind](one, notifications.service.context)
    await notifications.dies_while_sending()


def _ways(receiver: Mailbox, gateway: str) -> Deliver:
    smtp = SmtpSettings(
        host="127.0.0.1",
        port=receiver.smtp_port,
        security="none",
        inquiry_url=gateway,
        inquiry_key=KEY,
    )
    sms = SmsGatewaySettings(url=gateway, key=KEY)
    return Deliver(EmailChannel(smtp, "Cadre <notices@cadre.example>"), SmsChannel(sms))
