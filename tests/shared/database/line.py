"""A line to a server that can be cut and joined again, whatever the server runs on."""

import asyncio
from contextlib import suppress

from sqlalchemy.engine import make_url


class Line:
    """A TCP proxy before a database; `url` leads through it."""

    def __init__(self, url: str) -> None:
        self._behind = make_url(url)
        self._port = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The database as it is reached through this line."""
        here = self._behind.set(host="127.0.0.1", port=self._port)
        return here.render_as_string(hide_password=False)

    async def connect(self) -> None:
        """Answer on the port, always the same one."""
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Drop every connection, and answer no more."""
        if self._server:
            self._server.close()
        for end in list(self._open):
            end.transport.abort()
        await asyncio.sleep(0)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = (self._behind.host or "", self._behind.port or 5432)
        onward_reader, onward_writer = await asyncio.open_connection(*there)
        self._open |= {writer, onward_writer}
        try:
            await asyncio.gather(_carry(reader, onward_writer), _carry(onward_reader, writer))
        finally:
            for end in (writer, onward_writer):
                end.close()
                self._open.discard(end)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    with suppress(OSError):
        writer.write_eof()
