"""Serves an installation until told to stop, and then drains it."""

import asyncio
import os
import socket
import sys
from collections.abc import Awaitable, Sequence

import structlog
import uvicorn

from shared.messaging.embedded import EmbeddedTransport
from shared.observing.address import Address, operated
from shared.observing.traces import ENDPOINT, begin_traces
from shared.process.loop import run_in_loop
from shared.web.proxies import THIS_MACHINE
from shared.web.serving import server_config

from .house import House, MakeTransport, build_house
from .installation import Installation

SECONDS_OF_A_THREADS_TURN = 0.0005
"""A busy loop lets the threads that read and commit wait for the interpreter no longer."""
log = structlog.get_logger()


class DrainingServer(uvicorn.Server):
    """Stops taking requests first, then has the house finish what it began."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer first, so that the gateway is there when the first job wants it."""
        await super().startup(sockets)
        await self._house.start()
        log.info("serving", port=self.config.port)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish requests, then events and jobs."""
        self._house.readiness.drain()
        await super().shutdown(sockets)
        await self._house.stop()
        log.info("stopped")


def serve(
    installation: Installation,
    *,
    host: str,
    port: int,
    origin: str | None = None,
    operations: Address | None = None,
    proxies: Sequence[str] = THIS_MACHINE,
    make_transport: MakeTransport = EmbeddedTransport,
) -> None:
    """Serve until SIGINT or SIGTERM. Raises `FolderIsServed`, `AddressIsWrong`."""
    address = f"http://{host}:{port}"
    sys.setswitchinterval(SECONDS_OF_A_THREADS_TURN)
    with installation.locked(address):
        house = build_house(
            installation, origin or address, port=port, make_transport=make_transport
        )
        run_in_loop(_serve(house, host, port, operations, proxies))


async def _serve(
    built: Awaitable[House],
    host: str,
    port: int,
    operations: Address | None,
    proxies: Sequence[str],
) -> None:
    house = await built
    await house.open()
    config = server_config(house.app, host, port, proxies)
    watched = house.watched()
    for one in watched:
        one.observer.traces = begin_traces(os.environ.get(ENDPOINT), one.observer.service)
    async with operated(operations, house.readiness, *watched):
        await DrainingServer(config, house).serve()
    await asyncio.gather(*(asyncio.to_thread(one.observer.traces.close) for one in watched))
