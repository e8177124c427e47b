"""Commands of an operator on an installation: by the process that serves it, or else directly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import httpx

from shared.web.tokens import issue

from .installation import Installation

if TYPE_CHECKING:
    from .house import House

SERVICES = ("registration", "scheduling", "notifications", "reporting")
NOWHERE = "http://127.0.0.1"


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
