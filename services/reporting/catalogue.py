"""The event catalogue: every fact the services tell one another and other systems tell them, for
people and for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from shared.contracts import LANGUAGE, PUBLISHERS, Event
from shared.contracts import external as sent
from shared.contracts.documents import Listeners, asyncapi, exchange_of, listening_to
from shared.contracts.schemas import canonical, example_of, schema_of
from shared.refusals import NotFound
from shared.web.body import DocumentedRoute
from shared.web.pages import Pages

from .fields import Field, fields_of

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One event type as the catalogue shows it."""

    type: str
    means: str
    exchange: str
    whole: bool
    private: bool
    stated: bool
    secret: bool
    personal: bool
    listeners: Sequence[str]
    fields: Sequence[Field]
    example: str


def make_catalogue(pages: Pages, listeners: Listeners) -> APIRouter:
    """The catalogue's addresses, to stand below `/events`. `listeners` says which service listens
    to which types."""
    routes = APIRouter(tags=["events"], route_class=DocumentedRoute)
    shown = pages.also(HERE)

    @cache
    def entries() -> Mapping[str, Entry]:
        return {name: _entry(event_type, listeners) for name, event_type in LANGUAGE.items()}

    @cache
    def document() -> bytes:
        return canonical(asyncapi(listeners)).encode()

    @routes.get("", response_class=HTMLResponse)
    @routes.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def every_event(request: Request) -> Response:
        """Every event type, by publisher."""
        by_publisher = {
            publisher: [entries()[event_type.type] for event_type in event_types]
            for publisher, event_types in PUBLISHERS.items()
        }
        from_outside = [entries()[event_type.type] for event_type in sent.EVENTS]
        here = request.url.path.rstrip("/")
        return shown.show(
            request,
            "catalogue.html",
            by_publisher=by_publisher,
            from_outside=from_outside,
            here=here,
        )

    @routes.get("/asyncapi.json")
    async def asyncapi_document() -> Response:
        """The same for programs: AsyncAPI 3."""
        return Response(document(), media_type="application/json")

    @routes.get("/schemas/{event_type}.json")
    async def schema(event_type: str) -> Response:
        """The JSON Schema of one type's data."""
        if event_type not in LANGUAGE:
            raise NotFound
        text = canonical(schema_of(LANGUAGE[event_type]))
        return Response(text.encode(), media_type="application/schema+json")

    @routes.get("/{event_type}", response_class=HTMLResponse)
    async def one_event(request: Request, event_type: str) -> Response:
        """One event type: what it means, its fields, who listens, an example."""
        if event_type not in LANGUAGE:
            raise NotFound
        entry, here = entries()[event_type], request.url.path.rpartition("/")[0]
        return shown.show(request, "event.html", entry=entry, here=here)

    return routes


def _entry(event_type: type[Event], listeners: Listeners) -> Entry:
    fields = fields_of(schema_of(event_type))
    return Entry(
        type=event_type.type,
        means=_means(event_type),
        exchange=exchange_of(event_type),
        whole=event_type.whole,
        private=event_type.private,
        stated=event_type.stated,
        secret=any(field.secret for field in fields),
        personal=any(field.personal for field in fields),
        listeners=listening_to(event_type, listeners),
        fields=fields,
        example=_readable(example_of(event_type)),
    )


def _means(event_type: type[Event]) -> str:
    return " ".join((event_type.__doc__ or "").split())


def _readable(example: Any) -> str:
    """In the order an envelope is written, unlike the canonical spelling."""
    return json.dumps(example, indent=2, ensure_ascii=False)
