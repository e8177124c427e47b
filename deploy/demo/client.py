"""Somebody who asks over HTTP: patient where the API says "not yet", clear where it says no."""

import time
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx

from .failures import PlayFailed

SECONDS_OF_PATIENCE = 30.0
LONGEST_REST = 2.0


class AskingFailed(PlayFailed):
    """A request was refused for good, or not answered; the words name it and say why."""


class Caller:
    """One person's or system's session with the installation."""

    def __init__(self, http: httpx.Client, who: str) -> None:
        self._http = http
        self.who = who

    def get(self, path: str, **query: Any) -> Any:
        """The JSON that stands at an address."""
        return _document(self.ask("GET", path, params=query))

    def post(self, path: str, body: Any = None) -> Any:
        """Have something done, once, however often the request must be repeated."""
        return _document(self.ask("POST", path, json={} if body is None else body))

    def put(self, path: str, body: Any) -> Any:
        """Set what needs no version."""
        return _document(self.ask("PUT", path, json=body))

    def patch(self, path: str, body: Any, *, version: int) -> Any:
        """Change what is as it was when seen in this version."""
        headers = {"If-Match": f'"{version}"'}
        return _document(self.ask("PATCH", path, json=body, headers=headers))

    def upload(self, path: str, content: bytes, media_type: str, **query: Any) -> Any:
        """Hand in a file as it is."""
        headers = {"Content-Type": media_type}
        return _document(self.ask("POST", path, content=content, headers=headers, params=query))

    def listed(self, path: str, **query: Any) -> Iterator[Any]:
        """Every item of a list, page by page."""
        after: str | None = None
        while True:
            place = {} if after is None else {"after": after}
            page = self.get(path, limit=200, **place, **query)
            yield from page["items"]
            after = page.get("next")
            if after is None:
                return

    def ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """One answer that is not an error; asks again while told to. Raises `AskingFailed`."""
        headers = dict(request.pop("headers", {}))
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid4())
        give_up_at = time.monotonic() + SECONDS_OF_PATIENCE
        while True:
            answer = self._answer(method, path, headers, request)
            if not answer.is_error:
                return answer
            rest = _rest_asked_for(answer)
            if rest is None or time.monotonic() + rest > give_up_at:
                raise AskingFailed(self._told(method, path, answer))
            time.sleep(rest)

    def _answer(
        self, method: str, path: str, headers: Mapping[str, str], request: Mapping[str, Any]
    ) -> httpx.Response:
        try:
            return self._http.request(method, path, headers=dict(headers), **request)
        except httpx.HTTPError as error:
            raise AskingFailed(
                f"{method} {path} ({self.who}): no answer ({type(error).__name__})"
            ) from error

    def _told(self, method: str, path: str, answer: httpx.Response) -> str:
        return f"{method} {path} ({self.who}): {answer.status_code} {problem_of(answer)}"


def problem_of(answer: httpx.Response) -> str:
    """What an answer says is wrong, in one paragraph."""
    try:
        problem = answer.json()
    except ValueError:
        return answer.text[:300]
    if not isinstance(problem, dict):
        return str(problem)[:300]
    words = [str(problem[name]) for name in ("code", "title", "detail") if problem.get(name)]
    faults = [f"{one.get('path')}: {one.get('message')}" for one in problem.get("errors", [])]
    return "; ".join([*words, *faults[:10]])


def _rest_asked_for(answer: httpx.Response) -> float | None:
    """How long to wait before the same request; None where asking again is no use."""
    if answer.status_code == 503:
        return _retry_after(answer)
    if answer.status_code == 409 and _code(answer) == "not-known-yet":
        return min(_retry_after(answer), 0.2)
    return None


def _retry_after(answer: httpx.Response) -> float:
    told = answer.headers.get("retry-after", "1")
    return min(float(told), LONGEST_REST) if told.isdigit() else 1.0


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", ""))
    except (ValueError, AttributeError):
        return ""


def _document(answer: httpx.Response) -> Any:
    return answer.json() if answer.content else None
