"""HEAD is answered wherever GET is: with the same status and headers, and no body (RFC 9110)."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MARK = "cadre.only_headers"


class HeadAsGet:
    """Has an application answer HEAD as it answers GET, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_no_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                if message.get("more_body", False):
                    return
                message = {"type": "http.response.body", "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET", _MARK: True}, receive, send_no_body)


def only_headers_are_wanted(request: Request) -> bool:
    """Whether the caller sent HEAD: what a visit would use up must stay."""
    scope: Mapping[str, Any] = request.scope
    return bool(scope.get(_MARK, False))
