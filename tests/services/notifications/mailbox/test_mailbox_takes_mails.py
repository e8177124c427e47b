"""The mailbox is a real SMTP server: all that comes is kept, before it says so."""

import asyncio
import sqlite3
from pathlib import Path

import httpx

from services.notifications.mailbox import Mailbox
from services.notifications.mailbox.received import Wanted
from services.notifications.rendering import RenderedEmail

from .arrivals import send_mail

EVERYTHING = Wanted()


async def converse(port: int, *lines: bytes) -> list[str]:
    """Say these lines to the SMTP server, one after each answer, and collect the answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = [(await reader.readline()).decode()]
    for line in lines:
        writer.write(line + b"\r\n")
        answers.append((await reader.readline()).decode())
    writer.close()
    await writer.wait_closed()
    return answers


async def test_a_mail_is_on_disk_when_the_server_has_said_yes(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    outcome = await send_mail(mailbox)

    other = sqlite3.connect(tmp_path / "mailbox.sqlite")
    rows = other.execute('select channel, key, "to", language, subject from message').fetchall()
    other.close()

    assert outcome.state == "sent"
    assert rows == [("email", "k-1", "a@example.org", "ar", "عرض مقعد")]
    assert mailbox.received._connection.execute("pragma synchronous").fetchone()[0] == 2


async def test_the_same_mail_twice_is_kept_twice(
    mailbox: Mailbox, client: httpx.AsyncClient
) -> None:
    for key in ("k-1", "k-1", "k-2"):
        await send_mail(mailbox, key)

    figures = (await client.get("/figures")).json()
    known = (await client.get("/keys/k-1")).json()

    assert figures == {
        "emails": 3,
        "sms": 0,
        "distinct_emails": 2,
        "distinct_sms": 0,
        "repeats": 1,
    }
    assert known == {"known": True, "times": 2}


async def test_a_mail_without_a_key_is_nobodys_repeat(
    mailbox: Mailbox, client: httpx.AsyncClient
) -> None:
    said = [b"HELO x", b"MAIL FROM:<>", b"RCPT TO:<a@example.org>", b"DATA", b"Subject: x\r\n\r\n."]

    answers = [await converse(mailbox.smtp_port, *said) for _ in range(2)]
    figures = (await client.get("/figures")).json()

    assert all(each[-1].startswith("250") for each in answers)
    assert (figures["emails"], figures["distinct_emails"], figures["repeats"]) == (2, 2, 0)


async def test_a_mail_for_two_is_kept_for_each(mailbox: Mailbox) -> None:
    lines = [b"HELO x", b"MAIL FROM:<d@example.org>", b"RCPT TO:<a@example.org>"]
    lines += [b"RCPT TO:<b@example.org>", b"DATA", b"Message-ID: <k-9@cadre>\r\n\r\nhello\r\n."]

    await converse(mailbox.smtp_port, *lines)

    kept = mailbox.received.oldest_first(EVERYTHING, 0, 10)
    assert [(one.to, one.key) for one in kept] == [
        ("a@example.org", "k-9"),
        ("b@example.org", "k-9"),
    ]


async def test_broken_mails_are_kept_and_shown_as_far_as_they_go(
    mailbox: Mailbox, client: httpx.AsyncClient
) -> None:
    broken = [
        b"",
        b"no header at all",
        b"Subject: =?utf-8?b?!!!?=\r\nMessage-ID: nonsense\r\n\r\n\xff\xfe",
        b"Subject: \xff\xfe\r\nContent-Type: text/plain; charset=nowhere\r\n\r\n\xff",
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--y",
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n*",
        b"To: <<<>>>@\r\nDate: never\r\nContent-Language: \x00\r\n\r\n",
    ]
    before = [b"HELO x", b"MAIL FROM:<>", b"RCPT TO:<\xff@example.org>", b"DATA"]

    answers = [await converse(mailbox.smtp_port, *before, each + b"\r\n.") for each in broken]
    pages = [await client.get(f"/read/{number}") for number in range(1, len(broken) + 1)]
    raws = [await client.get(f"/messages/{number}/raw") for number in range(1, len(broken) + 1)]

    assert all(each[-1].startswith("250") for each in answers)
    assert [page.status_code for page in pages] == [200] * len(broken)
    assert [raw.content.rstrip() for raw in raws] == [each.rstrip() for each in broken]


async def test_a_mail_that_can_not_be_kept_is_not_confirmed(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    await mailbox.start()
    mailbox.received.close()

    outcome = await send_mail(mailbox)
    await mailbox.stop()

    assert (outcome.state, outcome.code) == ("deferred", 451)


async def test_an_address_in_arabic_script_and_a_long_mail_arrive_whole(
    mailbox: Mailbox, client: httpx.AsyncClient
) -> None:
    long = RenderedEmail("س" * 500, "س" * 200_000, f"<p>{'س' * 200_000}</p>", "ar", "rtl")

    outcome = await send_mail(mailbox, to="ضابط@example.org", mail=long)
    shown = (await client.get("/messages/1")).json()

    assert outcome.state == "sent"
    assert shown["to"] == "ضابط@example.org"
    assert shown["subject"] == long.subject
    assert shown["text"].strip() == long.text


async def test_stopping_hangs_up_on_who_is_still_there(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    await mailbox.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", mailbox.smtp_port)
    await reader.readline()

    await asyncio.wait_for(mailbox.stop(), 5)

    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()


async def test_what_was_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    await first.start()
    await send_mail(first)
    await first.stop()

    second = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    times = second.received.times("k-1")
    await second.stop()

    assert times == 1
