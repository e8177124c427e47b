"""Commands of an operator on an installation: by the process that serves it, or else directly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import httpx

from shared.doctor.archive import Archive
from shared.web.tokens import issue

from .installation import Installation

if TYPE_CHECKING:
    from shared.service import Service

    from .house import House

SERVICES = ("registration", "scheduling", "notifications", "reporting")
NOWHERE = "http://127.0.0.1"
SECONDS = 3600
"""As long as a command may take."""


@asynccontextmanager
async def operator(installation: Installation) -> AsyncIterator[httpx.AsyncClient]:
    """A client with an admin's token. Files are opened only when nothing serves the folder."""
    headers = _as_admin(installation)
    address = installation.served_at()
    if address:
        headers["Host"] = "localhost"  # whatever it is bound to, this machine may ask
        async with httpx.AsyncClient(base_url=address, headers=headers) as client:
            yield client
        return
    async with opened(installation) as house, _inside(installation, house) as client:
        yield client


@asynccontextmanager
async def with_archive(
    installation: Installation, service: str
) -> AsyncIterator[tuple["Service", Archive]]:
    """A service of a folder that nothing serves, and reporting's archive, read as an admin.

    Raises `FolderIsServed`.
    """
    async with opened(installation) as house, _inside(installation, house) as client:
        yield house.services[service], Archive(client)


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


def _inside(installation: Installation, house: "House") -> httpx.AsyncClient:
    """A client of services that nobody serves."""
    inside, headers = httpx.ASGITransport(house.app), _as_admin(installation)
    return httpx.AsyncClient(transport=inside, base_url=NOWHERE, headers=headers)


def _as_admin(installation: Installation) -> dict[str, str]:
    token = issue(
        installation.issuer(), subject="operator", role="admin", party=None, seconds=SECONDS
    )
    return {"Authorization": f"Bearer {token}"}
