"""A mail leaves over SMTP and ends in one of four ways, tried on a real peer."""

import email
import email.policy
from email.message import EmailMessage

import pytest

from services.notifications.channels import (
    EmailChannel,
    SendOutcome,
    SmtpSettings,
    send_email,
)
from services.notifications.rendering import RenderedEmail

from .scripted_peers import (
    HANG_UP,
    SAY_NOTHING,
    HttpPeer,
    SmtpPeer,
    a_free_port_nobody_listens_on,
    listening,
)

MAIL = RenderedEmail("عرض مقعد", "نص\r\n.\r\nباقٍ", "<p>نص</p>", "ar", "rtl")
TO = "officer@example.org"
SENDER = "Training desk <desk@example.org>"


def settings(port: int, **more: object) -> SmtpSettings:
    return SmtpSettings(host="127.0.0.1", port=port, security="none", timeout_seconds=0.5, **more)  # type: ignore[arg-type]


async def sent_to(peer: SmtpPeer, to: str = TO) -> SendOutcome:
    async with listening(peer.converse) as port:
        return await send_email(settings(port), "k-1", to, SENDER, MAIL)


def only_mail(peer: SmtpPeer) -> EmailMessage:
    [raw] = peer.mails
    message = email.message_from_bytes(raw.removesuffix(b".\r\n"), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


async def test_a_mail_carries_text_before_html_and_the_opaque_key() -> None:
    peer = SmtpPeer()

    outcome = await sent_to(peer)

    message = only_mail(peer)
    kinds = [part.get_content_type() for part in message.walk()]
    assert outcome == SendOutcome("sent", "accepted", 250)
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Message-ID"] == "<k-1@cadre>"
    assert message["Subject"] == "عرض مقعد"
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]


async def test_the_headers_hold_nothing_personal_beyond_the_address() -> None:
    peer = SmtpPeer()

    await sent_to(peer)

    message = only_mail(peer)
    assert message["To"] == TO
    assert message["From"] == SENDER
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ar"
    assert {name for name in message if name != "MIME-Version"} == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Language",
        "Content-Type",
    }
    assert peer.mails[0].isascii()
    assert peer.commands[0] == "EHLO localhost"


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"RCPT": "550 officer@example.org unknown"}, ("refused", "server-says-never", 550)),
        ({"RCPT": "450 later"}, ("deferred", "server-says-later", 450)),
        ({"RCPT": "421 closing"}, ("deferred", "server-says-later", 421)),
        ({"MAIL": "553 no"}, ("refused", "server-says-never", 553)),
        ({"DATA": "451 later"}, ("deferred", "server-says-later", 451)),
        ({"content": "554 spam"}, ("refused", "server-says-never", 554)),
        ({"content": "452 full"}, ("deferred", "server-says-later", 452)),
        ({"greeting": "554 go away"}, ("deferred", "server-not-reached", 554)),
        ({"greeting": HANG_UP}, ("deferred", "server-not-reached", None)),
        ({"greeting": SAY_NOTHING}, ("deferred", "server-not-reached", None)),
        ({"MAIL": HANG_UP}, ("deferred", "connection-lost-before-data", None)),
        ({"RCPT": SAY_NOTHING}, ("deferred", "connection-lost-before-data", None)),
        ({"DATA": HANG_UP}, ("unknown", "connection-lost-after-data", None)),
        ({"content": HANG_UP}, ("unknown", "connection-lost-after-data", None)),
        ({"content": SAY_NOTHING}, ("unknown", "connection-lost-after-data", None)),
        ({"content": "what"}, ("unknown", "answer-not-understood", None)),
        ({"QUIT": HANG_UP}, ("sent", "accepted", 250)),
        ({"QUIT": "550 no"}, ("sent", "accepted", 250)),
    ],
)
async def test_what_the_server_does_decides_the_outcome(
    answers: dict[str, str], outcome: tuple[str, str, int | None]
) -> None:
    peer = SmtpPeer(answers)

    ended = await sent_to(peer)

    assert (ended.state, ended.reason, ended.code) == outcome


async def test_a_server_nobody_runs_defers_the_mail() -> None:
    nowhere = settings(a_free_port_nobody_listens_on())

    outcome = await send_email(nowhere, "k-1", TO, SENDER, MAIL)

    assert outcome.state == "deferred"


async def test_a_server_without_the_encryption_asked_for_gets_nothing() -> None:
    peer = SmtpPeer()

    async with listening(peer.converse) as port:
        asked = SmtpSettings(host="127.0.0.1", port=port, timeout_seconds=0.5)
        outcome = await send_email(asked, "k-1", TO, SENDER, MAIL)

    assert outcome == SendOutcome("deferred", "server-not-reached")
    assert not peer.mails


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nRCPT TO:<b@example.org>",
        "a@example.org, b@example.org",
        "Officer <a@example.org>",
        "a@example.org ",
        "a\x00@example.org",
        "a@b@example.org",
        "nobody",
        "",
    ],
)
async def test_what_is_not_one_plain_address_is_refused_before_any_connection(
    address: str,
) -> None:
    peer = SmtpPeer()

    outcome = await sent_to(peer, address)

    assert outcome == SendOutcome("refused", "address-is-not-valid")
    assert not peer.commands


async def test_an_address_in_arabic_script_needs_a_server_that_takes_it() -> None:
    plain = SmtpPeer()
    modern = SmtpPeer({"EHLO": "250-peer\r\n250 SMTPUTF8"})

    outcomes = [await sent_to(peer, "ضابط@example.org") for peer in (plain, modern)]

    assert [outcome.state for outcome in outcomes] == ["refused", "sent"]
    assert not plain.mails
    assert "RCPT TO:<ضابط@example.org>" in modern.commands


@pytest.mark.parametrize("key", ["", "a b", "k@x", "k\r\nBcc: a@example.org", "k" * 121, "ك"])
async def test_a_key_that_could_not_stand_in_a_header_is_a_fault_of_ours(key: str) -> None:
    nowhere = settings(a_free_port_nobody_listens_on())

    with pytest.raises(ValueError, match="message key"):
        await send_email(nowhere, key, TO, SENDER, MAIL)


async def test_a_sender_with_a_line_break_is_a_fault_of_ours() -> None:
    nowhere = settings(a_free_port_nobody_listens_on())

    with pytest.raises(ValueError, match="sender"):
        await send_email(nowhere, "k-1", TO, "desk@example.org\r\nBcc: a@example.org", MAIL)


@pytest.mark.parametrize(
    ("status", "arrival"),
    [(200, "known"), (404, "not_known"), (500, "cannot_ask"), (HANG_UP, "cannot_ask")],
)
async def test_a_mail_server_with_an_inquiry_address_is_asked(
    status: int | str, arrival: str
) -> None:
    peer = HttpPeer(status)

    async with listening(peer.converse) as port:
        asked = settings(25, inquiry_url=f"http://127.0.0.1:{port}/gateway", inquiry_key="secret")
        answer = await EmailChannel(asked, SENDER).ask("k-1")

    assert answer == arrival
    assert peer.requests[0].startswith(b"GET /gateway/messages/k-1 ")
    assert b"authorization: bearer secret" in peer.requests[0].lower()


async def test_a_plain_mail_server_can_not_be_asked() -> None:
    channel = EmailChannel(settings(25), SENDER)

    answer = await channel.ask("k-1")

    assert answer == "cannot_ask"


def test_a_password_is_never_shown() -> None:
    secretive = settings(25, username="desk", password="open-sesame", inquiry_key="open-too")

    shown = repr(EmailChannel(secretive, SENDER))

    assert "open-" not in shown
