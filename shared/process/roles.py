"""The three roles of a service: api, worker, relay. Each runs until told to stop, and drains."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import structlog
import uvicorn
from fastapi import FastAPI

from shared.database.engines import OF_CONNECTIONS, is_unavailable
from shared.database.notices import SECONDS_BETWEEN_NOTICES, session, tell
from shared.messaging.relay import run_relay
from shared.observing.readiness import Readiness
from shared.service import Service
from shared.web.proxies import THIS_MACHINE
from shared.web.serving import server_config

SECONDS_AFTER_A_FAILURE = 1.0
LOST = (OSError, TimeoutError, *OF_CONNECTIONS)
log = structlog.get_logger()


async def run_api(
    service: Service,
    app: FastAPI,
    host: str,
    port: int,
    readiness: Readiness | None = None,
    proxies: Sequence[str] = THIS_MACHINE,
) -> None:
    """Serve the service, and tell its other processes what was committed."""
    server = _Server(server_config(app, host, port, proxies), readiness or Readiness())
    telling = asyncio.create_task(tell_others(service, service.context.signals.jobs))
    telling.add_done_callback(server.end)
    await server.serve()
    await _end(telling)


async def serve(
    app: FastAPI,
    host: str,
    port: int,
    readiness: Readiness | None = None,
    proxies: Sequence[str] = THIS_MACHINE,
) -> None:
    """Serve an application until told to stop; requests that were begun are finished."""
    await _Server(server_config(app, host, port, proxies), readiness or Readiness()).serve()


class _Server(uvicorn.Server):
    """Ready while it takes requests."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness) -> None:
        super().__init__(config)
        self._readiness = readiness

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._readiness.begin()

    def end(self, _because: object = None) -> None:
        """Finish requests that were begun, and end."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._readiness.drain()
        await super().shutdown(sockets)


async def run_worker(service: Service, readiness: Readiness | None = None) -> None:
    """Do what events and clocks cause; woken by the processes that write the work."""
    readiness, stop = readiness or Readiness(), _told_to_stop()
    readiness.begin()
    worker = service.worker()
    working = asyncio.create_task(worker.run())
    beside = [
        asyncio.create_task(tell_others(service, service.context.signals.outbox)),
        asyncio.create_task(_keep_on(service, _hear_of_work)),
    ]
    await asyncio.wait([working, stop, *beside], return_when=asyncio.FIRST_COMPLETED)
    readiness.drain()
    worker.drain()
    await working
    await _end(*beside)


async def run_sole_relay(service: Service, readiness: Readiness | None = None) -> None:
    """Publish the outbox while no other relay of this service does; stand by otherwise."""
    readiness, stop = readiness or Readiness(), _told_to_stop()
    readiness.begin()
    service.context.observer.leads(now=False)
    relaying = asyncio.create_task(_keep_on(service, _lead))
    await asyncio.wait([relaying, stop], return_when=asyncio.FIRST_COMPLETED)
    readiness.drain()
    await _end(relaying)


async def _lead(service: Service) -> None:
    async with session(service.context.database) as own:
        await own.hear(service.context.signals.outbox)
        await own.lead(f"relay of {service.name}")
        log.info("relay_leads", service=service.name)
        service.context.observer.leads(now=True)
        relaying = asyncio.create_task(run_relay(service.context, service.transport))
        ended = asyncio.create_task(own.ended())
        try:
            await asyncio.wait([relaying, ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            service.context.observer.leads(now=False)
            await _end(relaying, ended)


async def _hear_of_work(service: Service) -> None:
    signals = service.context.signals
    async with session(service.context.database) as own:
        await own.hear(signals.jobs, signals.deferred)
        signals.jobs.set()  # of what came while nobody heard
        signals.deferred.set()
        await own.ended()


async def tell_others(service: Service, committed: asyncio.Event) -> None:
    """Tell other processes that something was committed here; several commits together, once."""
    while True:
        await committed.wait()
        committed.clear()
        try:
            await tell(service.context.database)
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.warning("notice_not_given", service=service.name)
        await asyncio.sleep(SECONDS_BETWEEN_NOTICES)


async def _keep_on(service: Service, live: Callable[[Service], Awaitable[None]]) -> None:
    """Live again after every loss of the database."""
    while True:
        try:
            await live(service)
        except LOST as error:
            log.warning("session_lost", service=service.name, error=type(error).__name__)
            await service.context.database.forget_connections()
        await asyncio.sleep(SECONDS_AFTER_A_FAILURE)


def _told_to_stop() -> asyncio.Task[bool]:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return asyncio.create_task(told.wait())


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
