"""`/ingress`: other systems send events by HTTP, and ask what became of them."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Actor, Audited, Context, Outcome, Work
from shared.contracts import Claim, Event
from shared.contracts.ingress import IngressFault
from shared.messaging.ingress.letters import send_on
from shared.messaging.ingress.reading import (
    PREFIXES,
    NotAnEvent,
    Unreadable,
    attributes_among,
    read_event,
    spelled,
)
from shared.messaging.ingress.verdicts import unreadable
from shared.messaging.transport import Sent
from shared.outsiders import KeyIsNotValid
from shared.refusals import NotFound, Refused
from shared.web.api import router
from shared.web.asked import Asked
from shared.web.body import note_as_sent, read_body
from shared.web.json_gate import LARGEST_BODY, BodyIsTooLarge, read_json, refuse_unclean_texts
from shared.web.keys import system_asking
from shared.web.problems import documented

from ..loading import first
from ..received import note_claim, note_received
from ..tables import received_event

EVENT, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"
LARGEST_BATCH = 1024 * 1024
MOST_EVENTS = 100
PATH = "/ingress/events"
Read = Claim[Event] | Unreadable


class ContentTypeIsNotCloudEvents(Refused):
    """An event is sent as application/cloudevents+json, as a batch of them, or with ce- headers."""

    status = 415
    title = "Send a CloudEvent"


class EventPlace(BaseModel):
    """Where to ask what became of one event."""

    subject: str
    href: str


class EventsTaken(BaseModel):
    """The events of a request, in its order."""

    items: list[EventPlace]


class EventShown(BaseModel):
    """What became of an event; held: a person here decides, and it is not to be sent again."""

    subject: str
    type: str
    state: str
    faults: list[IngressFault]
    id: UUID | None


def make_ingress(context: Context) -> APIRouter:
    """The addresses below `/ingress`, for who has a key."""
    routes = router()

    @routes.post(
        "/events",
        status_code=202,
        tags=["ingress"],
        response_model=EventsTaken,
        responses=documented(
            KeyIsNotValid, NotAnEvent, BodyIsTooLarge, ContentTypeIsNotCloudEvents
        ),
    )
    async def send(request: Request) -> Response:
        """Take one event, structured or binary, or a batch; each has its own fate."""
        sender = await system_asking(request, context.database)
        read = await _read(request, sender.code)
        places = [EventPlace(subject=one, href=_place(one)) for one in map(_subject, read)]
        asked = Asked(request, context, Actor(f"outsider:{sender.code}", "outsider"))
        answer = await asked.perform(
            partial(_take, read=read),
            audited=Audited("send-events", f"outsider/{sender.code}"),
            show=partial(_taken, places=places),
            status=202,
        )
        answer.headers["Location"] = places[0].href
        return answer

    @routes.get(
        "/events/{subject:path}", tags=["ingress"], responses=documented(KeyIsNotValid, NotFound)
    )
    async def ask(request: Request, subject: str) -> EventShown:
        """What became of an event that was sent, by HTTP or otherwise (its sender)."""
        refuse_unclean_texts([subject])
        sender = await system_asking(request, context.database)
        async with context.database.reading() as connection:
            now = await context.clock.now(connection)
            work = Work(context, connection, Actor(sender.code, "outsider"), now, "")
            return await _show(work, sender.code, subject)

    return routes


async def _read(request: Request, code: str) -> Sequence[Read]:
    """The events of a request. Raises what says that there are none to be read."""
    content_type = request.headers.get("content-type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    headers = {
        name: unquote(value) for name, value in request.headers.items() if name.startswith(PREFIXES)
    }
    if media_type == BATCH:
        return [
            read_event(spelled(one), Sent(EVENT), outsider=code)
            for one in _events(await _batch(request))
        ]
    is_structured = media_type == EVENT
    if not is_structured and not attributes_among(headers):
        raise ContentTypeIsNotCloudEvents
    body = await read_body(request, limit=LARGEST_BODY)
    if not isinstance(read_json(body), dict) and is_structured:
        raise NotAnEvent
    if not is_structured:
        note_as_sent(request, *(f"{name}: {headers[name]}" for name in sorted(headers)))
    return [read_event(body, Sent(content_type, headers), outsider=code)]


async def _batch(request: Request) -> Any:
    body = await read_body(request, limit=LARGEST_BATCH)
    return read_json(body, limit=LARGEST_BATCH)


def _events(document: Any) -> list[Any]:
    if not isinstance(document, list) or not document:
        raise NotAnEvent("A batch is a list of events.")
    if len(document) > MOST_EVENTS:
        raise BodyIsTooLarge(f"At most {MOST_EVENTS} events are taken at once.")
    return document


async def _take(work: Work, *, read: Sequence[Read]) -> Outcome:
    """Note each event, and send it on to its owner; what can not be read is refused at once."""
    refused = []
    for one in read:
        if isinstance(one, Unreadable):
            await note_received(work, one.outsider, one.subject, one.event_type)
            refused.append(unreadable(one))
        else:
            await note_claim(work, one)
            await send_on(work, one)
    return refused


async def _taken(_: Work, *, places: list[EventPlace]) -> EventsTaken:
    return EventsTaken(items=places)


async def _show(work: Work, code: str, subject: str) -> EventShown:
    query = select(received_event).filter_by(outsider=code, subject=subject)
    row = await first(work, query)
    if row is None:
        raise NotFound
    return EventShown(
        subject=row["subject"],
        type=row["event_type"],
        state=row["state"],
        faults=[IngressFault(**one) for one in row["faults"]],
        id=row["made_id"],
    )


def _subject(read: Read) -> str:
    return read.subject if isinstance(read, Unreadable) else read.id


def _place(subject: str) -> str:
    return f"{PATH}/{quote(subject, safe='')}"
