"""What stands between a client and a server, and can be cut: the frame of a small TCP proxy."""

import asyncio
from abc import ABC, abstractmethod
from typing import Generic, Protocol, Self, TypeVar


class Connection(Protocol):
    """One connection that is carried."""

    def abort(self) -> None:
        """Drop it without a word."""
        ...


Carried = TypeVar("Carried", bound=Connection)


class Between(ABC, Generic[Carried]):
    """Answers on a port of its own, for the time of a with block; what it carries is said below."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._joined: set[Carried] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.cut()

    async def mend(self) -> None:
        """Answer, always on the same port."""
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Drop every connection, and answer no more."""
        if self._server:
            self._server.close()
        for joined in list(self._joined):
            joined.abort()
        await asyncio.sleep(0)

    @abstractmethod
    async def _join(self, from_here: asyncio.StreamReader, to_here: asyncio.StreamWriter) -> None:
        """Carry one connection to its end."""
