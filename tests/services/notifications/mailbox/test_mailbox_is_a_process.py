"""Where services run apart, the mailbox is known by another name than the installation."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from services.notifications.mailbox import Mailbox
from services.notifications.mailbox.serving import served_by
from shared.settings import Settings

from .arrivals import WITH_KEY

ORIGIN = "http://localhost:8080"


@pytest_asyncio.fixture
async def neighbour(mailbox: Mailbox) -> AsyncIterator[httpx.AsyncClient]:
    """Another process, which knows this one by its name in the network between them."""
    app = served_by(mailbox, Settings("test", ORIGIN, b"a key of links", {}, story=True))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://mailbox:8000") as asking:
        yield asking


async def test_gateway_is_reached_by_any_name(neighbour: httpx.AsyncClient) -> None:
    sms = {"reference": "s-1", "to": "+962790000000", "text": "x"}

    taken = await neighbour.post("/mailbox/gateway/messages", json=sms, headers=WITH_KEY)
    known = await neighbour.get("/mailbox/gateway/messages/s-1", headers=WITH_KEY)
    without = await neighbour.get("/mailbox/gateway/messages/s-1")

    assert [one.status_code for one in (taken, known, without)] == [202, 200, 401]


async def test_pages_are_reached_by_the_name_of_the_installation(
    neighbour: httpx.AsyncClient,
) -> None:
    elsewhere = await neighbour.get("/mailbox/")
    here = await neighbour.get("/mailbox/", headers={"Host": "localhost:8080"})

    assert (elsewhere.status_code, here.status_code) == (421, 200)
