"""Requests as they are counted and traced: by the template of their address, never the address."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import perf_counter
from typing import Final

from fastapi.telemetry import TelemetryConfig
from starlette.requests import Request
from starlette.types import Scope

from shared.observing.measures import REQUESTS
from shared.observing.observer import Observer
from shared.observing.traces import Span

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNTRACED: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False}
"""For every application: the framework itself would note whole addresses and words of errors."""


@contextmanager
def answering(observer: Observer, request: Request) -> Iterator[Callable[[int], None]]:
    """One request in hand; what is yielded is told the status of the answer.

    Where one application stands within another, the inner one counts, in one span.
    """
    began = perf_counter()
    with _span(observer, request) as span:
        request.state.span = span

        def answered(status: int) -> None:
            if getattr(request.state, "is_counted", False):
                return
            request.state.is_counted = True
            method = request.method if request.method in METHODS else "other"
            route, taken = template_of(request.scope), perf_counter() - began
            observer.tally.took(REQUESTS, taken, method, route, f"{status // 100}xx")
            span.rename(f"{method} {route}")
            span.note(method=method, route=route, status=status)

        yield answered


def template_of(scope: Scope) -> str:
    """The address with the names of its parameters in place of what they are.

    A router that was included below a path tells its own part only: the one plain name before it
    is read from the address.
    """
    route, root = scope.get("route"), scope.get("root_path", "")
    if route is None:
        return "unmatched"
    own, asked = str(route.path), scope["path"].removeprefix(root)
    below = f"/{asked.split('/')[1]}" if asked else ""
    alone = re.match(route.path_regex, asked) is not None
    included = not alone and re.match(route.path_regex, asked.removeprefix(below)) is not None
    return f"{root}{below if included else ''}{own}"


def _span(observer: Observer, request: Request) -> AbstractContextManager[Span]:
    known: Span | None = getattr(request.state, "span", None)
    return nullcontext(known) if known else observer.traces.span("request", "server")
