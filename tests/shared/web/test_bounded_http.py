"""A request's head is bounded in size and time, whatever a caller sends."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from shared.web import bounded_http
from shared.web.bounded_http import LARGEST_HEAD, BoundedHttp
from tests.servers.ports import free_port

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def hear_and_greet(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads the whole body before it answers."""
    await Request(scope, receive).body()
    await PlainTextResponse("hello")(scope, receive, send)


@pytest_asyncio.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """Where an application answers that has little patience."""
    monkeypatch.setattr(bounded_http, "SECONDS_FOR_A_HEAD", 0.3)
    async with serving() as number:
        yield number


@asynccontextmanager
async def serving(**bounds: Any) -> AsyncIterator[int]:
    """Serve the application; where."""
    number = free_port()
    config = uvicorn.Config(
        hear_and_greet, port=number, http=BoundedHttp, lifespan="off", log_config=None, **bounds
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:
            await asyncio.sleep(0.01)
    yield number
    server.should_exit = True
    await task


async def say(port: int, *said: bytes, pause: float = 0.0) -> bytes:
    """What the server answers to these bytes, until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for some in said:
            writer.write(some)
            await asyncio.sleep(pause)
        async with asyncio.timeout(5):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_head_without_end_is_refused(port: int) -> None:
    answer = await say(port, b"GET / HTTP/1.1\r\nA: ", *[b"a" * 20_000] * 10, pause=0.01)

    assert answer.startswith(b"HTTP/1.1 400 ") or answer == b""


async def test_large_head_and_larger_body_are_taken(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: " + b"a" * (LARGEST_HEAD - 8_000)
    body = b"b" * (2 * LARGEST_HEAD)

    answer = await say(port, head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    assert answer.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("said", [(), (b"GET / HT",), (b"G", b"E", b"T", b" ", b"/", b" ")])
async def test_head_that_does_not_come_in_time_is_not_waited_for(
    said: tuple[bytes, ...], port: int
) -> None:
    assert await say(port, *said, pause=0.1) == b""


async def test_second_request_of_a_connection_has_its_own_time(port: int) -> None:
    answer = await say(port, GET, GET[:9], GET[9:], pause=0.2)
    late = await say(port, GET, GET[:9], pause=0.2)

    assert answer.count(b"hello") == 2
    assert late.count(b"hello") == 1


async def test_slow_body_is_left_to_who_reads_it(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"

    answer = await say(port, head, b"b", b"b", pause=0.4)

    assert answer.startswith(b"HTTP/1.1 200 ")


async def test_who_comes_when_too_many_are_there_is_told_when_to_come_again() -> None:
    async with serving(limit_concurrency=2) as port:
        _, before = await asyncio.open_connection("127.0.0.1", port)

        full = await say(port, GET)
        before.close()
        await before.wait_closed()
        later = await say(port, GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))

    head, _, body = full.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nretry-after: 1\r\n" in head
    assert b"\r\nconnection: close" in head
    assert json.loads(body)["code"] == "service-is-busy"
    assert later.startswith(b"HTTP/1.1 200 ")
