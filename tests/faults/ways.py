"""The way of one service to a server: a small TCP proxy that can be cut, or go silent."""

import asyncio
from contextlib import suppress
from typing import Self

CHUNK = 65_536


class Way:
    """Carries both ways, for the time of a with block.

    Cut: connections are dropped, and nobody answers. Silent: what is said is swallowed and nobody
    is told of an end; connections that were silent once never carry anything again.
    """

    def __init__(self, host: str, port: int) -> None:
        self._there = host, port
        self._server: asyncio.Server | None = None
        self._joined: set[Joined] = set()
        self._silent = False
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

    def go_silent(self) -> None:
        """From here on nothing arrives on either side."""
        self._silent = True
        for joined in self._joined:
            joined.silent = True

    def speak_again(self) -> None:
        """New connections carry; the old ones stay as they are, and nobody tells either side."""
        self._silent = False

    async def _join(self, from_here: asyncio.StreamReader, to_here: asyncio.StreamWriter) -> None:
        joined = Joined([to_here], self._silent)
        self._joined.add(joined)
        try:
            from_there, to_there = await asyncio.open_connection(*self._there)
            joined.ends.append(to_there)
            await asyncio.gather(
                joined.carry(from_here, to_there), joined.carry(from_there, to_here)
            )
        except OSError:
            return
        finally:
            self._joined.discard(joined)
            for end in joined.ends:
                end.close()


class Joined:
    """One connection over a way."""

    def __init__(self, ends: list[asyncio.StreamWriter], silent: bool) -> None:
        self.ends = ends
        self.silent = silent

    def abort(self) -> None:
        """Drop it without a word."""
        for end in self.ends:
            end.transport.abort()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what is said, and its end, unless it is silent."""
        with suppress(ConnectionError):
            while chunk := await reader.read(CHUNK):
                if not self.silent:
                    writer.write(chunk)
                    await writer.drain()
        if not self.silent:
            with suppress(OSError):
                writer.write_eof()
