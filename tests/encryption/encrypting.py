"""A server in front of a server that speaks in the open: it alone holds a certificate, and what
reaches it unencrypted goes no further."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

SSL_REQUEST = (8).to_bytes(4) + (80877103).to_bytes(4)
"""What a client of PostgreSQL says before it encrypts."""
PIECE = 64 * 1024


@asynccontextmanager
async def encrypting(
    behind: str, certified: ssl.SSLContext, *, postgresql: bool = False
) -> AsyncIterator[int]:
    """The port of a server that passes on what comes encrypted to the one behind."""
    place = urlsplit(behind)
    joined: set[asyncio.StreamWriter] = set()

    async def serve(heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
        joined.add(said)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                if postgresql:
                    await _encrypt(heard, said, certified)
                there = await asyncio.open_connection(place.hostname, place.port)
                joined.add(there[1])
                await asyncio.gather(_carry(heard, there[1]), _carry(there[0], said))
        finally:
            said.close()

    tls = None if postgresql else certified
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for one in joined:
            one.transport.abort()


async def _encrypt(
    heard: asyncio.StreamReader, said: asyncio.StreamWriter, certified: ssl.SSLContext
) -> None:
    if await heard.readexactly(len(SSL_REQUEST)) != SSL_REQUEST:
        raise ConnectionError("somebody spoke in the open")
    said.write(b"S")
    await said.start_tls(certified)


async def _carry(heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
    while piece := await heard.read(PIECE):
        said.write(piece)
        await said.drain()
    said.close()
