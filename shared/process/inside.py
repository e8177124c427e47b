"""A client that asks a service in this very process, as its operator: who may open its database
needs no token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from shared.context import OPERATOR
from shared.database.notices import tell
from shared.service import Service
from shared.settings import Settings
from shared.web.principal import login

from .origin import served


@asynccontextmanager
async def operator(service: Service, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Asks by the service's own addresses, so that what is done is audited and told to others."""
    actor = replace(OPERATOR, login=login(OPERATOR.subject))
    service.api.state.operator = actor
    inside = httpx.ASGITransport(served(service, settings))
    try:
        async with httpx.AsyncClient(transport=inside, base_url=settings.origin) as client:
            yield client
    finally:
        del service.api.state.operator
        await tell(service.context.database)
