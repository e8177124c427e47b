"""The mailbox is an SMS gateway over HTTP, and answers whether it has a key."""

import httpx
import pytest

from services.notifications.channels import (
    EmailChannel,
    SmsChannel,
    SmsGatewaySettings,
    SmtpSettings,
)
from services.notifications.mailbox import Mailbox
from services.notifications.rendering import RenderedSms

from .arrivals import MAIL, WITH_KEY, send_sms, served


async def test_an_sms_is_kept_each_time_it_comes(client: httpx.AsyncClient) -> None:
    answers = [await send_sms(client) for _ in range(2)]

    figures = (await client.get("/figures")).json()
    shown = (await client.get("/messages/1")).json()

    assert [(each.status_code, each.json()) for each in answers] == [
        (202, {"reference": "s-1", "parts": 1})
    ] * 2
    assert (figures["sms"], figures["distinct_sms"], figures["repeats"]) == (2, 1, 1)
    assert (shown["to"], shown["language"], shown["sender"]) == ("+962790000000", "ar", "CADRE")


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "é"}])
async def test_without_the_key_nothing_is_taken_and_nothing_told(
    client: httpx.AsyncClient, header: dict[str, str]
) -> None:
    headers = httpx.Headers(header, encoding="latin-1")

    taken = await client.post("/gateway/messages", content=b"{", headers=headers)
    told = await client.get("/gateway/messages/s-1", headers=headers)

    assert (taken.status_code, told.status_code) == (401, 401)
    assert (await client.get("/figures")).json()["sms"] == 0


GOOD = b'"reference":"s-1","to":"+962790000000"'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{" + GOOD + b"}", 422),
        (b"{" + GOOD + b',"text":""}', 422),
        (b"{" + GOOD + b',"text":"x","extra":1}', 422),
        (b"{" + GOOD + b',"text":"x","text":"y"}', 400),
        (b"{" + GOOD + b',"text":NaN}', 400),
        (b"{" + GOOD + b',"text":"\\ud800"}', 400),
        (b"{" + GOOD + b',"text":"\\u0000"}', 400),
        (b"{" + GOOD + b',"text":"\xff"}', 400),
        (b'{"reference":"a b","to":"+962790000000","text":"x"}', 422),
        (b'{"reference":"s-1","to":"0790000000","text":"x"}', 422),
        (b"[" * 100_000, 400),
        (b'"' + b"x" * 300_000 + b'"', 413),
    ],
)
async def test_what_is_no_sms_gets_a_problem_and_is_not_kept(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    headers = WITH_KEY | {"Content-Type": "application/json"}

    answer = await client.post("/gateway/messages", content=body, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await client.get("/figures")).json()["sms"] == 0


async def test_both_channels_send_and_ask_over_the_wire(mailbox: Mailbox) -> None:
    with served(mailbox.api()) as address:
        url = f"{address}/gateway"
        smtp = SmtpSettings(
            "127.0.0.1", mailbox.smtp_port, "none", inquiry_url=url, inquiry_key="secret"
        )
        email = EmailChannel(smtp, "d@example.org")
        sms = SmsChannel(SmsGatewaySettings(url, "secret"))

        before = [await email.ask("k-1"), await sms.ask("s-1")]
        sent = [
            await email.send("k-1", "a@example.org", MAIL),
            await sms.send("s-1", "+962790000000", RenderedSms("تذكير", "ucs2", 1, "ar", "rtl")),
        ]
        after = [await email.ask("k-1"), await sms.ask("s-1")]

    assert before == ["not_known", "not_known"]
    assert [outcome.state for outcome in sent] == ["sent", "sent"]
    assert after == ["known", "known"]
