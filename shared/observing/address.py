"""The operations address of a process: whether it lives, whether it is ready, what it counts.

Apart from the product's addresses and without sign-in: only those who run the installation reach
it. `CADRE_OPERATIONS=HOST:PORT` says where; without it there is none.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import uvicorn
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from shared.observing.readiness import Readiness
from shared.refusals import Refused
from shared.web.serving import server_config

if TYPE_CHECKING:
    from shared.observing.watched import Watched

HIGHEST_PORT = 65535


class AddressIsWrong(Refused):
    """Where the operations address is to be served is no place to listen on."""

    title = "The operations address is not HOST:PORT, or can not be listened on"


class Address:
    """A host and a port. Raises `AddressIsWrong`."""

    def __init__(self, text: str) -> None:
        host, _, port = text.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
            raise AddressIsWrong(f"{text!r} is not HOST:PORT")
        self.host, self.port = host.strip("[]"), int(port)

    def listening(self) -> socket.socket:
        """A socket that listens there."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            return socket.create_server((self.host, self.port), family=family)
        except OSError as error:
            raise AddressIsWrong(f"{self.host}:{self.port}: {error.strerror}") from None


class Operations:
    """Answers those who run the installation."""

    def __init__(self, readiness: Readiness, watched: "Sequence[Watched]") -> None:
        self._readiness = readiness
        shown = import_module("shared.observing.exposition")
        self._exposition, self._media_type = shown.Exposition(readiness, watched), shown.MEDIA_TYPE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            answer = await self._answer(scope["method"], scope["path"])
            await answer(scope, receive, send)

    async def _answer(self, method: str, path: str) -> Response:
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("", 405, {"Allow": "GET, HEAD"})
        match path:
            case "/health/live":
                return JSONResponse({"status": "live"})
            case "/health/ready":
                return await self._readiness.answer()
            case "/metrics":
                return Response(await self._exposition.text(), media_type=self._media_type)
        return PlainTextResponse("", 404)


class _Beside(uvicorn.Server):
    """A server beside another that hears the signals, and tells this one when to end."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave them to the process."""
        yield


@asynccontextmanager
async def operated(
    at: Address | None, readiness: Readiness, *watched: "Watched"
) -> AsyncIterator[None]:
    """Serve the operations address until the end of the block, so that it tells of the draining
    too. Raises `AddressIsWrong`."""
    if at is None:
        yield
        return
    listening = at.listening()
    server = _Beside(server_config(Operations(readiness, watched), at.host, at.port))
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
