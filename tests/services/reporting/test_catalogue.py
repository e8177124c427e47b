"""The event catalogue, at the origin and below reporting: for people and for programs."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from services.reporting.catalogue import make_catalogue
from shared.contracts import CONTRACTS, EXTERNAL, LANGUAGE
from shared.contracts.external import OWNERS
from shared.refusals import NotFound
from shared.web.pages import Pages

OFFERED = "registration.seat.offered.v1"
LISTENERS = {"notifications": {OFFERED}, "reporting": CONTRACTS.keys()}


@pytest_asyncio.fixture
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not signed in, at an origin of its own."""
    origin = FastAPI()
    origin.include_router(make_catalogue(Pages(), LISTENERS), prefix="/events")
    transport = httpx.ASGITransport(origin)
    async with httpx.AsyncClient(transport=transport, base_url="http://cadre.test") as client:
        yield client


async def test_every_type_is_on_the_page_with_meaning_and_listeners(
    visitor: httpx.AsyncClient,
) -> None:
    page = await visitor.get("/events")

    assert page.status_code == 200
    assert all(name in page.text for name in LANGUAGE)
    assert "A seat waits for an answer until a deadline" in page.text
    assert 'href="/events/asyncapi.json"' in page.text


async def test_one_type_shows_fields_marks_listeners_and_an_example(
    visitor: httpx.AsyncClient,
) -> None:
    page = await visitor.get(f"/events/{OFFERED}")

    assert "answer_by.zone" in page.text
    assert "holds a secret" in page.text
    assert '<span class="tag">notifications</span>' in page.text
    assert "urn:cadre:sample:registration" in page.text
    assert f'href="/events/schemas/{OFFERED}.json"' in page.text


@pytest.mark.parametrize("name", sorted(EXTERNAL))
async def test_what_other_systems_send_is_shown_with_its_owner_and_personal_fields(
    visitor: httpx.AsyncClient, name: str
) -> None:
    page = await visitor.get(f"/events/{name}")

    owner = OWNERS[name]
    assert f'<span class="tag">{owner}</span>' in page.text
    assert "<code>ingress</code>" in page.text
    assert ("holds personal data" in page.text) == (owner == "registration")


async def test_programs_get_the_asyncapi_document_and_each_schema(
    visitor: httpx.AsyncClient,
) -> None:
    document = (await visitor.get("/events/asyncapi.json")).json()
    schema = (await visitor.get(f"/events/schemas/{OFFERED}.json")).json()

    assert document["channels"].keys() >= LANGUAGE.keys()
    assert schema["properties"]["link"]["secret"] is True


@pytest.mark.parametrize("path", ["/events/unknown.v1", "/events/schemas/unknown.v1.json"])
async def test_a_type_that_does_not_exist_is_not_found(
    visitor: httpx.AsyncClient, path: str
) -> None:
    with pytest.raises(NotFound):
        await visitor.get(path)


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr"])
async def test_the_page_speaks_the_readers_language_and_turns_with_it(
    visitor: httpx.AsyncClient, language: str
) -> None:
    page = await visitor.get("/events", params={"lang": language})

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page.text
