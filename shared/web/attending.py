"""What stands around every request to an application: it is named, counted, answered whatever
happens, and its answer carries the headers that every answer does."""

from collections.abc import Sequence
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observing.observer import Observer
from shared.observing.requests import answering
from shared.web.addressed import RequestWasMisdirected, is_misdirected
from shared.web.heads import HeadAsGet
from shared.web.problems import Answers, install_problems

_CORRELATION = b"x-correlation-id"
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cache-control": b"no-store",
    b"content-security-policy": (
        b"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        b"frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
    ),
}


def attend(
    api: FastAPI,
    answers: Answers,
    observer: Observer | None = None,
    *,
    origin: str | None = None,
    by_any_name: Sequence[str] = (),
) -> None:
    """Have an application bind the correlation id to all it logs, send the headers that every
    answer carries, answer whatever happens, and count it.

    With the origin it refuses what means another, but `by_any_name` (as for `is_misdirected`);
    without, whoever stands in front has to.
    """
    install_problems(api, answers)
    api.state.origin = origin
    api.router.redirect_slashes = False  # such redirects are made from Host
    seen_by = observer or Observer("")
    api.add_middleware(
        Attended, answers=answers, observer=seen_by, origin=origin, by_any_name=by_any_name
    )
    api.add_middleware(HeadAsGet)


class Attended:
    """An application with all that around it. It stands in the way of each request, twice where
    one application stands within another, so it costs no task and no copy of the answer."""

    def __init__(
        self,
        app: ASGIApp,
        answers: Answers,
        observer: Observer,
        origin: str | None,
        by_any_name: Sequence[str],
    ) -> None:
        self._app = app
        self._answers = answers
        self._observer = observer
        self._origin = origin
        self._by_any_name = by_any_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, has_begun = Request(scope), False
        known = getattr(request.state, "correlation_id", None)
        request.state.correlation_id = correlation_id = known or _correlation_id(request)

        async def answer(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                answered(message["status"])
                message = {**message, "headers": _with_ours(message["headers"], correlation_id)}
            await send(message)

        bound = structlog.contextvars.bound_contextvars(correlation_id=correlation_id)
        with bound, answering(self._observer, request) as answered:
            try:
                await self._answering_app(request)(scope, receive, answer)
            except Exception as error:
                if has_begun:
                    raise
                await self._answers.fail(request, error)(scope, receive, answer)

    def _answering_app(self, request: Request) -> ASGIApp:
        origin, by_any_name = self._origin, self._by_any_name
        if origin is not None and is_misdirected(request, origin, by_any_name):
            return self._answers.refuse(request, RequestWasMisdirected())
        return self._app


def _with_ours(
    headers: list[tuple[bytes, bytes]], correlation_id: str
) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, and ours where it has none of its own."""
    told = [one for one in headers if one[0] != _CORRELATION]
    names = {name for name, _ in told}
    ours = ((name, value) for name, value in _HEADERS.items() if name not in names)
    return [*told, (_CORRELATION, correlation_id.encode()), *ours]


def _correlation_id(request: Request) -> str:
    sent = request.headers.get("x-correlation-id", "")
    known = 8 <= len(sent) <= 64 and sent.replace("-", "").isalnum() and sent.isascii()
    return sent if known else str(uuid4())
