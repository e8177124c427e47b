"""An address is told by its template, wherever in the house it stands."""

import httpx
import pytest
from fastapi import FastAPI

from shared.observing.observer import Observer
from shared.web.api import router
from shared.web.attending import attend
from shared.web.pages import Pages
from shared.web.problems import Answers

ORIGIN = "https://cadre.example"


def house(front: Observer, service: Observer) -> FastAPI:
    """A service at its path, with routes beside it, as the origin of an installation is made."""
    routes, inner, outer = router(), FastAPI(), FastAPI()

    @routes.get("/events/{subject:path}")
    @routes.get("/{code}")
    @routes.get("")
    async def answer() -> None:
        return None

    inner.include_router(routes, prefix="/offer")
    inner.get("/persons/{person_id}")(answer)
    attend(inner, Answers(Pages().show_problem), service)
    attend(outer, Answers(Pages().show_problem), front)
    outer.include_router(routes, prefix="/ingress")
    outer.mount("/registration", inner)
    return outer


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/ingress", "/ingress"),
        ("/ingress/amal", "/ingress/{code}"),
        ("/ingress/events/amal/haddad", "/ingress/events/{subject:path}"),
        ("/registration/persons/amal", "/registration/persons/{person_id}"),
        ("/registration/persons/amal%2Fhaddad", "unmatched"),
        ("/registration/offer/amal", "/registration/offer/{code}"),
        ("/registration/amal/haddad", "unmatched"),
        ("/amal/haddad", "unmatched"),
    ],
)
async def test_no_part_of_an_address_that_may_be_anything_is_told(path: str, template: str) -> None:
    front, service = Observer("front"), Observer("registration")
    inside = httpx.ASGITransport(house(front, service))

    async with httpx.AsyncClient(transport=inside, base_url=ORIGIN) as client:
        await client.get(path)

    inner, outer = counted_routes(service), counted_routes(front)
    assert inner + outer == [template]
    assert bool(inner) == path.startswith("/registration")


def counted_routes(observer: Observer) -> list[str]:
    """The route of every request that was counted."""
    return [route for _, (_, route, _), _ in observer.tally.durations()]
