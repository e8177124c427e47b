"""Commands of an operator on an installation: by the process that serves it, or else directly."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx

from shared.refusals import Refused
from shared.web.tokens import issue

from .installation import Installation

if TYPE_CHECKING:
    from .house import House

SERVICES = ("registration", "scheduling", "notifications", "reporting")
NOWHERE = "http://127.0.0.1"


class CommandFailed(Refused):
    """What was asked for was not done; the words say why."""


@asynccontextmanager
async def operator(installation: Installation) -> AsyncIterator[httpx.AsyncClient]:
    """A client with an admin's token. Files are opened only when nothing serves the folder."""
    token = issue(installation.issuer(), subject="operator", role="admin", party=None, seconds=600)
    headers = {"Authorization": f"Bearer {token}"}
    address = installation.served_at()
    if address:
        headers["Host"] = "localhost"  # whatever it is bound to, this machine may ask
        async with httpx.AsyncClient(base_url=address, headers=headers) as client:
            yield client
        return
    async with opened(installation) as house:
        inside = httpx.ASGITransport(house.app)
        async with httpx.AsyncClient(transport=inside, base_url=NOWHERE, headers=headers) as client:
            yield client


@asynccontextmanager
async def opened(installation: Installation) -> AsyncIterator["House"]:
    """The services of a folder that nothing serves; none of their loops runs.

    Raises `FolderIsServed`.
    """
    with installation.locked(""):
        house = await _build(installation)
        try:
            await house.open()
            yield house
        finally:
            await house.stop()


async def _build(installation: Installation) -> "House":
    """All services are loaded only where nothing else has done so."""
    build_house = import_module("services.embedded.house").build_house
    house: House = await build_house(installation, NOWHERE, port=None)
    return house


async def list_dead_letters(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Every event set aside, of every service, the parked ones and those that wait."""
    letters = []
    for service in SERVICES:
        after: str | None = ""
        while after is not None:
            query = {"after": after} if after else {}
            answer = await client.get(f"/{service}/deadletters", params=query)
            page = _checked(answer)
            letters += [{"service": service, **letter} for letter in page["items"]]
            after = page["next"]
    return letters


async def show_dead_letter(client: httpx.AsyncClient, letter_id: str) -> str:
    """One event set aside, as JSON."""
    for service in SERVICES:
        answer = await client.get(f"/{service}/deadletters/{letter_id}")
        if answer.status_code != 404:
            return json.dumps({"service": service, **_checked(answer)}, indent=2)
    raise CommandFailed(f"no service has set aside an event {letter_id}")


async def decide_dead_letter(client: httpx.AsyncClient, letter_id: str, decision: str) -> str:
    """`replay` or `discard` one parked event; the service that had it."""
    for service in SERVICES:
        answer = await client.post(f"/{service}/deadletters/{letter_id}/{decision}")
        if answer.status_code != 404:
            _checked(answer)
            return service
    raise CommandFailed(f"no service has parked an event {letter_id}")


def _checked(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise CommandFailed(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    return dict(answer.json()) if answer.content else {}
