"""The way of one service to a server: a small TCP proxy that can be cut, or go silent."""

import asyncio
from contextlib import suppress

from tests.servers.between import Between

CHUNK = 65_536


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


class Way(Between[Joined]):
    """Carries both ways, for the time of a with block.

    Cut: connections are dropped, and nobody answers. Silent: what is said is swallowed and nobody
    is told of an end; connections that were silent once never carry anything again.
    """

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self._there = host, port
        self._silent = False

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
