"""An SMS leaves over HTTP and ends in one of four ways, tried on a real peer."""

import json

import pytest

from services.notifications.channels import SendOutcome, SmsChannel, SmsGatewaySettings
from services.notifications.rendering import RenderedSms

from .scripted_peers import (
    HANG_UP,
    SAY_NOTHING,
    HttpPeer,
    a_free_port_nobody_listens_on,
    listening,
)

SMS = RenderedSms("تذكير", "ucs2", 1, "ar", "rtl")


def channel(port: int, sender: str | None = "CADRE") -> SmsChannel:
    url = f"http://127.0.0.1:{port}/gateway/"
    return SmsChannel(SmsGatewaySettings(url, "secret", sender, timeout_seconds=0.5))


async def sent_to(peer: HttpPeer, to: str = "+962790000000") -> SendOutcome:
    async with listening(peer.converse) as port:
        return await channel(port).send("k-1", to, SMS)


async def test_the_gateway_gets_number_text_and_the_opaque_key() -> None:
    peer = HttpPeer(202)

    outcome = await sent_to(peer)

    head, body = peer.requests[0].split(b"\r\n\r\n")
    assert outcome == SendOutcome("sent", "accepted", 202)
    assert head.startswith(b"POST /gateway/messages ")
    assert b"authorization: bearer secret" in head.lower()
    assert json.loads(body) == {
        "reference": "k-1",
        "to": "+962790000000",
        "text": "تذكير",
        "sender": "CADRE",
    }


async def test_where_no_sender_name_is_allowed_none_is_given() -> None:
    peer = HttpPeer(202)

    async with listening(peer.converse) as port:
        await channel(port, sender=None).send("k-1", "+96170000000", SMS)

    assert "sender" not in json.loads(peer.requests[0].split(b"\r\n\r\n")[1])


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (200, "sent"),
        (202, "sent"),
        (409, "sent"),
        (400, "refused"),
        (422, "refused"),
        (401, "deferred"),
        (403, "deferred"),
        (429, "deferred"),
        (503, "deferred"),
        (302, "deferred"),
        (500, "unknown"),
        (502, "unknown"),
        (504, "unknown"),
        (HANG_UP, "unknown"),
        (SAY_NOTHING, "unknown"),
    ],
)
async def test_what_the_gateway_does_decides_the_outcome(answer: int | str, state: str) -> None:
    peer = HttpPeer(answer)

    outcome = await sent_to(peer)

    assert outcome.state == state
    assert outcome.code == (answer if isinstance(answer, int) else None)
    assert len(peer.requests) == 1


async def test_a_gateway_nobody_runs_defers_the_sms() -> None:
    nowhere = channel(a_free_port_nobody_listens_on())

    outcome = await nowhere.send("k-1", "+962790000000", SMS)

    assert outcome == SendOutcome("deferred", "gateway-not-reached")


async def test_a_gateway_address_that_is_none_defers_the_sms() -> None:
    nowhere = SmsChannel(SmsGatewaySettings("not a web address", "secret"))

    outcome = await nowhere.send("k-1", "+962790000000", SMS)

    assert outcome == SendOutcome("deferred", "gateway-address-is-not-valid")


@pytest.mark.parametrize("number", ["0790000000", "+0790000000", "+962 79", "", "+٩٦٢٧٩٠٠٠٠٠٠٠"])
async def test_a_number_that_is_not_e164_is_refused_before_any_connection(number: str) -> None:
    peer = HttpPeer(202)

    outcome = await sent_to(peer, number)

    assert outcome == SendOutcome("refused", "number-is-not-valid")
    assert not peer.requests


@pytest.mark.parametrize(
    ("status", "arrival"), [(200, "known"), (404, "not_known"), (401, "cannot_ask")]
)
async def test_the_gateway_is_asked_for_a_key(status: int, arrival: str) -> None:
    peer = HttpPeer(status)

    async with listening(peer.converse) as port:
        answer = await channel(port).ask("k-1")

    assert answer == arrival
    assert peer.requests[0].startswith(b"GET /gateway/messages/k-1 ")


async def test_a_gateway_nobody_runs_can_not_be_asked() -> None:
    nowhere = channel(a_free_port_nobody_listens_on())

    answer = await nowhere.ask("k-1")

    assert answer == "cannot_ask"
