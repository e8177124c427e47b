"""Mail server, SMS gateway and unsettled deliveries: what does not answer as it should is seen."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from services.notifications.channels import SmsGatewaySettings, SmtpSettings
from services.notifications.doctor import (
    deliveries_settle,
    mail_server_lets_us_in,
    sms_gateway_answers,
)
from services.notifications.mailbox import Mailbox
from services.notifications.tables import message
from shared.ids import new_id
from tests.services.notifications.building import START, Notifications
from tests.services.notifications.channels.scripted_peers import HttpPeer, SmtpPeer, listening

HERE = SmtpSettings(host="127.0.0.1", port=0, security="none")


@pytest_asyncio.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    """A mail server that takes everything."""
    running = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    await running.start()
    yield running
    await running.stop()


async def test_mail_server_that_lets_us_in_is_said_to_be_so(mailbox: Mailbox) -> None:
    found = await mail_server_lets_us_in(replace(HERE, port=mailbox.smtp_port))

    assert (found.level, "lets us in" in found.words) == ("ok", True)


async def test_mail_server_that_is_away_is_wrong() -> None:
    found = await mail_server_lets_us_in(replace(HERE, port=1))

    assert (found.level, "CADRE_SMTP_HOST" in found.remedy) == ("wrong", True)


async def test_mail_server_without_encryption_is_wrong_where_it_is_asked_for(
    mailbox: Mailbox,
) -> None:
    settings = replace(HERE, port=mailbox.smtp_port, security="starttls")

    assert (await mail_server_lets_us_in(settings)).level == "wrong"


async def test_mail_server_that_refuses_the_password_is_wrong() -> None:
    peer = SmtpPeer({"EHLO": "250-peer\r\n250 AUTH PLAIN LOGIN", "AUTH": "535 no"})
    async with listening(peer.converse) as port:
        settings = replace(HERE, port=port, username="cadre", password="not-the-one")

        found = await mail_server_lets_us_in(settings)

    assert (found.level, "user or password" in found.words) == ("wrong", True)
    assert "not-the-one" not in found.words


async def test_mails_in_the_clear_are_warned_of(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notifications.doctor._is_here", lambda host: False)

    found = await mail_server_lets_us_in(replace(HERE, port=mailbox.smtp_port))

    assert (found.level, "in the clear" in found.words) == ("warning", True)


@pytest.mark.parametrize(
    ("status", "level"), [(404, "ok"), (401, "wrong"), (403, "wrong"), (500, "warning")]
)
async def test_sms_gateway_is_asked_for_a_message_it_can_not_have(status: int, level: str) -> None:
    peer = HttpPeer(status)
    async with listening(peer.converse) as port:
        found = await sms_gateway_answers(SmsGatewaySettings(f"http://127.0.0.1:{port}", "key"))

    assert found.level == level
    assert b"GET /messages/doctor" in peer.requests[0]


async def test_sms_gateway_that_is_away_is_wrong() -> None:
    async with asyncio.timeout(20):
        found = await sms_gateway_answers(SmsGatewaySettings("http://127.0.0.1:1", "key"))

    assert found.level == "wrong"


async def test_deliveries_that_did_not_settle_are_seen(notifications: Notifications) -> None:
    context = notifications.service.context
    quiet = await deliveries_settle(context)
    row = {"key": "k", "id": new_id(), "fact": "f", "cause": "c", "message": "seat_offered"}
    row |= {"channel": "email", "person_id": new_id(), "activity_id": new_id(), "asked": 0}
    row |= {"status": "unsettled", "variables": {}, "planned_at": START}
    async with context.database.writing() as connection:
        await connection.execute(message.insert().values(row))

    found = await deliveries_settle(context)

    assert (quiet.level, found.level, found.words) == ("ok", "warning", "1 unsettled")
