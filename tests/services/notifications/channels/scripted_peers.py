"""Real servers on loopback that do what a test scripts: answer, fall silent, or hang up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HANG_UP = "hang up"
SAY_NOTHING = "say nothing"

Converse = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class SmtpPeer:
    """Answers each command as scripted, by its first word; `content` is the answer after DATA."""

    answers: dict[str, str] = field(default_factory=dict)
    port: int = 0
    commands: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not await self._answer(writer, "greeting", "220 peer"):
            return
        while line := (await reader.readline()).decode().strip():
            self.commands.append(line)
            word = line.split()[0].upper()
            usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok")
            if not await self._answer(writer, word, usual):
                return
            if word == "DATA" and self.answers.get("DATA", "354").startswith("354"):
                self.mails.append(await reader.readuntil(b"\r\n.\r\n"))
                if not await self._answer(writer, "content", "250 taken"):
                    return

    async def _answer(self, writer: asyncio.StreamWriter, at: str, usual: str) -> bool:
        answer = self.answers.get(at, usual)
        if answer == HANG_UP:
            writer.transport.abort()
            return False
        if answer == SAY_NOTHING:
            await asyncio.sleep(30)
        writer.write(answer.encode() + b"\r\n")
        await writer.drain()
        return True


@dataclass
class HttpPeer:
    """Answers every request with one status, or does not."""

    answer: int | str
    port: int = 0
    requests: list[bytes] = field(default_factory=list)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = [line for line in head.lower().split(b"\r\n") if b"content-length:" in line]
        body = await reader.readexactly(int(length[0].split(b":")[1])) if length else b""
        self.requests.append(head + body)
        if self.answer == SAY_NOTHING:
            await asyncio.sleep(30)
        if isinstance(self.answer, int):
            writer.write(f"HTTP/1.1 {self.answer} x\r\nContent-Length: 2\r\n\r\n{{}}".encode())
            await writer.drain()
            writer.close()
        else:
            writer.transport.abort()


@asynccontextmanager
async def listening(converse: Converse) -> AsyncIterator[int]:
    """Serve on a free loopback port until the block ends; conversations end with it."""
    running: set[asyncio.Task[None]] = set()

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            running.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(keep, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def a_free_port_nobody_listens_on() -> int:
    """A port that refuses connections."""
    return 1
