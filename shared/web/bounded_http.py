"""HTTP whose requests have a head of bounded size, that comes in bounded time, and so many at once.

Uvicorn bounds neither head nor time where it reads with httptools, and turns away without a word of
when to come again; bodies are bounded by whoever reads them.
"""

import asyncio
from typing import Any
from uuid import uuid4

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.web.problems import ServiceIsBusy, describe

LARGEST_HEAD = 64 * 1024
SECONDS_FOR_A_HEAD = 20.0


class BoundedHttp(HttpToolsProtocol):
    """Hangs up on who sends a head without end, or byte by byte, or nothing at all; tells who comes
    when too many are here to come again."""

    _heard = 0
    _overdue: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._most, self.limit_concurrency = self.limit_concurrency, None
        self._let_in = self.app

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._overdue is None:
            return
        self._heard += len(data)
        if self._heard > LARGEST_HEAD and not self.transport.is_closing():
            self._head_is_there()
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._head_is_there()
        self.app = turn_away if self._is_full() else self._let_in
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def _is_full(self) -> bool:
        at_once = max(len(self.connections), len(self.tasks))
        return self._most is not None and at_once >= self._most

    def _await_head(self) -> None:
        if self._overdue is None:
            self._heard = 0
            self._overdue = self.loop.call_later(SECONDS_FOR_A_HEAD, self.transport.close)

    def _head_is_there(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None


async def turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    """Too many are here; nothing of the request was looked at."""
    request, refusal = Request(scope), ServiceIsBusy()
    request.state.correlation_id = uuid4().hex
    problem = describe(request, refusal, ())
    headers = {
        "Retry-After": str(refusal.retry_after),
        "Connection": "close",
        "Cache-Control": "no-store",
        "X-Correlation-Id": problem.correlation_id,
    }
    content = problem.model_dump(mode="json", exclude_none=True)
    answer = JSONResponse(content, problem.status, headers, "application/problem+json")
    await answer(scope, receive, send)
