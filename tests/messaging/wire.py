"""A wire to the broker that reads what passes: loses confirms, breaks off, or spoils channels."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from pamqp.commands import Basic
from pamqp.frame import marshal

from tests.servers.between import Between

METHOD = 1
CONSUME_OK, ACK, NACK = (60, 21), (60, 80), (60, 120)
PROTOCOL_HEADER = 8
"""Bytes that a client says first."""


@dataclass(eq=False)
class Joined:
    """One connection over the wire, and the channels on which it consumes."""

    to_client: asyncio.StreamWriter
    to_broker: asyncio.StreamWriter
    consuming: set[int] = field(default_factory=set)

    def abort(self) -> None:
        self.to_client.transport.abort()
        self.to_broker.transport.abort()


class Wire(Between[Joined]):
    """A proxy before the broker, for the time of a with block; `url` leads through it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._behind = urlsplit(url)
        self.loses_confirms = False
        self.breaks_at_confirm = False
        self.confirms_lost = 0

    @property
    def url(self) -> str:
        """The broker as it is reached over this wire."""
        account = self._behind.netloc.rpartition("@")[0]
        return urlunsplit(self._behind._replace(netloc=f"{account}@127.0.0.1:{self.port}"))

    def spoil_consumers(self) -> int:
        """Acknowledge what was never delivered, for which the broker closes a channel; on how many
        channels."""
        spoilt = [(joined, channel) for joined in self._joined for channel in joined.consuming]
        for joined, channel in spoilt:
            joined.to_broker.write(marshal(Basic.Ack(delivery_tag=999_999), channel))
            joined.consuming.discard(channel)
        return len(spoilt)

    async def _join(self, from_here: asyncio.StreamReader, to_here: asyncio.StreamWriter) -> None:
        there = (self._behind.hostname or "", self._behind.port or 5672)
        from_broker, to_broker = await asyncio.open_connection(*there)
        joined = Joined(to_here, to_broker)
        self._joined.add(joined)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                to_broker.write(await from_here.readexactly(PROTOCOL_HEADER))
                await asyncio.gather(
                    self._carry_to_broker(from_here, joined),
                    self._carry_to_client(from_broker, joined),
                )
        finally:
            self._joined.discard(joined)
            to_here.close()
            to_broker.close()

    async def _carry_to_broker(self, reader: asyncio.StreamReader, joined: Joined) -> None:
        while frame := await _next_frame(reader):
            joined.to_broker.write(frame)
            await joined.to_broker.drain()

    async def _carry_to_client(self, reader: asyncio.StreamReader, joined: Joined) -> None:
        while frame := await _next_frame(reader):
            channel, method = _what(frame)
            if method == CONSUME_OK:
                joined.consuming.add(channel)
            if method in (ACK, NACK) and (self.loses_confirms or self.breaks_at_confirm):
                self.confirms_lost += 1
                if self.breaks_at_confirm:
                    joined.abort()
                continue
            joined.to_client.write(frame)
            await joined.to_client.drain()


async def _next_frame(reader: asyncio.StreamReader) -> bytes:
    """One whole frame, its end mark included."""
    head = await reader.readexactly(7)
    return head + await reader.readexactly(int.from_bytes(head[3:]) + 1)


def _what(frame: bytes) -> tuple[int, tuple[int, int] | None]:
    """The channel of a frame, and the class and method where it is one."""
    channel = int.from_bytes(frame[1:3])
    if frame[0] != METHOD:
        return channel, None
    return channel, (int.from_bytes(frame[7:9]), int.from_bytes(frame[9:11]))
