"""What has arrived, as JSON, and each message as it came."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel

from shared.refusals import NotFound

from .mail_reading import parsed, part_of
from .received import ChannelName, Message, ReceivedMessages, Wanted

_LARGEST_NUMBER = 2**63 - 1
MessageNumber = Annotated[int, Path(ge=1, le=_LARGEST_NUMBER)]

SHUT_IN = {
    "Content-Security-Policy": (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    )
}
"""No script, no request, no form; only a link that the reader clicks opens, in its own tab."""


class ShownInList(BaseModel):
    """A message in a list."""

    id: int
    channel: ChannelName
    key: str | None
    to: str
    subject: str
    language: str | None
    parts: int
    received_at: str


class Shown(ShownInList):
    """A whole message; a mail's HTML and bytes have addresses of their own."""

    sender: str
    text: str


class MessageList(BaseModel):
    """A page of messages, oldest first."""

    items: list[ShownInList]
    next: str | None


class KeyTimes(BaseModel):
    """Whether a message with this key has arrived, and how often."""

    known: bool
    times: int


class Figures(BaseModel):
    """What has arrived, counted."""

    emails: int
    sms: int
    distinct_emails: int
    distinct_sms: int
    repeats: int


def wanted(
    to: Annotated[str, Query(max_length=200)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    channel: Annotated[str, Query(max_length=20)] = "",
    language: Annotated[str, Query(max_length=20)] = "",
) -> Wanted:
    """The filters of every list."""
    return Wanted(to.strip(), q.strip(), channel, language)


def messages_api(received: ReceivedMessages) -> APIRouter:
    """The routes of the JSON side."""
    router = APIRouter()

    @router.get("/messages")
    def messages(
        which: Annotated[Wanted, Depends(wanted)],
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        after: Annotated[int, Query(ge=0, le=_LARGEST_NUMBER)] = 0,
    ) -> MessageList:
        """Messages, oldest first."""
        found = received.oldest_first(which, after, limit + 1)
        page = found[:limit]
        items = [ShownInList.model_validate(one, from_attributes=True) for one in page]
        return MessageList(items=items, next=str(page[-1].id) if found[limit:] else None)

    @router.get("/messages/{message_id}")
    def message(message_id: MessageNumber) -> Shown:
        """One message."""
        return Shown.model_validate(the_message(received, message_id), from_attributes=True)

    @router.get("/messages/{message_id}/html", response_class=Response)
    def message_as_html(message_id: MessageNumber) -> Response:
        """The HTML of a mail, shut in by its headers."""
        html = part_of(parsed(the_message(received, message_id).raw), "html")
        if html is None:
            raise NotFound
        return Response(html, headers=SHUT_IN, media_type="text/html; charset=utf-8")

    @router.get("/messages/{message_id}/raw", response_class=Response)
    def message_as_it_came(message_id: MessageNumber) -> Response:
        """The bytes of a mail, or the text of an SMS."""
        found = the_message(received, message_id)
        content = found.raw or found.text.encode()
        return Response(content, headers=SHUT_IN, media_type="text/plain; charset=utf-8")

    @router.get("/keys/{key}")
    def key(key: str) -> KeyTimes:
        """How often a message with this key has arrived."""
        times = received.times(key)
        return KeyTimes(known=times > 0, times=times)

    @router.get("/figures")
    def figures() -> Figures:
        """Arrivals, distinct keys and repeats."""
        return Figures(**received.figures())

    return router


def the_message(received: ReceivedMessages, message_id: int) -> Message:
    """The message, or NotFound."""
    found = received.find(message_id)
    if found is None:
        raise NotFound
    return found
