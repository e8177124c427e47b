"""The service behind a real port, as uvicorn serves it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from uvicorn import Server

from shared.service import Service
from shared.web.serving import server_config
from tests.servers.ports import free_port


@asynccontextmanager
async def served(service: Service) -> AsyncIterator[str]:
    """The origin at which the API of a service answers; it is stopped afterwards."""
    port = free_port()
    server = Server(server_config(service.api, "127.0.0.1", port))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running
