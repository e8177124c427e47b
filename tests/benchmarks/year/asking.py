"""Many people who ask over HTTP at once, each under their own token, over a few connections."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from deploy.demo.client import AskingFailed, problem_of
from shared.web.tokens import Issuer, Role, issue, subject_of

AT_ONCE = 12
"""So many people are at their desks at the same time."""
SECONDS_OF_PATIENCE = 60.0
LONGEST_REST = 1.0
SECONDS_OF_A_TOKEN = 12 * 3600
LARGEST_PAGE = 500
T = TypeVar("T")


@dataclass
class Desk:
    """One person's way to the installation; without a token, somebody with a link."""

    http: httpx.AsyncClient
    headers: dict[str, str]

    async def get(self, path: str, **query: Any) -> Any:
        """The JSON that stands at an address."""
        return (await self.ask("GET", path, params=query)).json()

    async def post(self, path: str, body: Any = None) -> Any:
        """Have something done, once, however often the request must be repeated."""
        answer = await self.ask("POST", path, json={} if body is None else body)
        return answer.json() if answer.content else None

    async def listed(self, path: str, **query: Any) -> AsyncIterator[Any]:
        """Every item of a list, page by page."""
        after: str | None = None
        while True:
            place = {} if after is None else {"after": after}
            page = await self.get(path, limit=LARGEST_PAGE, **place, **query)
            for one in page["items"]:
                yield one
            after = page.get("next")
            if after is None:
                return

    async def ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """One answer that is not an error; asks again while told to. Raises `AskingFailed`."""
        headers = self.headers | request.pop("headers", {})
        if method == "POST" and "Authorization" in headers:
            headers["Idempotency-Key"] = str(uuid4())
        give_up_at = time.monotonic() + SECONDS_OF_PATIENCE
        while True:
            answer = await self.http.request(method, path, headers=headers, **request)
            if not answer.is_error:
                return answer
            if not _may_be_repeated(answer) or time.monotonic() > give_up_at:
                told = f"{answer.status_code} {problem_of(answer)}"
                raise AskingFailed(f"{method} {path.partition('?')[0][:80]}: {told}")
            await asyncio.sleep(min(_rest(answer), LONGEST_REST))


@dataclass
class House:
    """An installation from outside: its origin, and who may say who somebody is there."""

    origin: str
    issuer: Issuer
    http: httpx.AsyncClient
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _desks: dict[tuple[Role, str | None, str | None], Desk] = field(default_factory=dict)

    def desk(self, role: Role, *, party: str | None = None, subject: str | None = None) -> Desk:
        """Where somebody with this role sits."""
        who = (role, party, subject)
        if who not in self._desks:
            named = subject_of(role, party, subject)
            token = issue(
                self.issuer, subject=named, role=role, party=party, seconds=SECONDS_OF_A_TOKEN
            )
            self._desks[who] = Desk(self.http, {"Authorization": f"Bearer {token}"})
        return self._desks[who]

    def visitor(self) -> Desk:
        """Somebody who follows a link; a form is only taken from a page of ours."""
        return Desk(self.http, {"Origin": self.origin, "Accept": "text/html"})

    async def all_at_once(self, act: Callable[[T], Awaitable[object]], these: Iterable[T]) -> None:
        """Do the same for each of these, so many at a time; the first failure is raised."""

        async def in_turn(one: T) -> None:
            async with self._turns:
                await act(one)

        async with asyncio.TaskGroup() as group:
            for one in these:
                group.create_task(in_turn(one))


def client(origin: str) -> httpx.AsyncClient:
    """A client of one installation."""
    limits = httpx.Limits(max_connections=AT_ONCE * 2, max_keepalive_connections=AT_ONCE)
    return httpx.AsyncClient(base_url=origin, timeout=60, limits=limits, trust_env=False)


def _may_be_repeated(answer: httpx.Response) -> bool:
    if answer.status_code == httpx.codes.CONFLICT:
        return problem_of(answer).startswith("not-known-yet")
    return answer.status_code == httpx.codes.SERVICE_UNAVAILABLE


def _rest(answer: httpx.Response) -> float:
    if answer.status_code == httpx.codes.CONFLICT:
        return 0.1
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isdigit() else LONGEST_REST
