"""HTTP whose requests have a head of bounded size, that comes in bounded time.

Uvicorn bounds neither where it reads with httptools; bodies are bounded by whoever reads them.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
SECONDS_FOR_A_HEAD = 20.0


class BoundedHttp(HttpToolsProtocol):
    """Hangs up on who sends a head without end, or byte by byte, or nothing at all."""

    _heard = 0
    _overdue: asyncio.TimerHandle | None = None

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
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._overdue is None:
            self._heard = 0
            self._overdue = self.loop.call_later(SECONDS_FOR_A_HEAD, self.transport.close)

    def _head_is_there(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
