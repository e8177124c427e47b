"""The stream: numbered activities, their calls, and persons, by clients who note what they were
told.

A client that gets no answer sometimes gives up, not knowing; sometimes it asks again, under the
same key, as clients should.
"""

import asyncio
import itertools
import random
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from . import bodies
from .checker import Stream
from .scene import Scene
from .spans import Noted

CLIENTS = 4
CLOUD_EVENT = "application/cloudevents+json"
SECONDS_TO_ANSWER = 5.0
SECONDS_OF_PATIENCE = 20.0
SECONDS_BETWEEN_TRIES = 0.1
GIVES_UP = 0.25
"""How often a client that got no answer leaves it at that."""
NOT_NOW = frozenset({500, 502, 503, 504})
INTERNAL_ERROR = 500
NOT_YET = frozenset({"not-known-yet", "same-request-is-running"})


class Unanswered(Exception):
    """Nobody said what became of it."""


@dataclass
class Load:
    """Several clients of one installation, until told to stop. Each command is named by its number
    in every stream: an activity planned, a call opened for it, and now and then a person who
    becomes known, and an officer whom another system puts forward in the call."""

    scene: Scene
    choice: random.Random
    seconds_between: float
    activities: Stream = field(default_factory=Stream)
    calls: Stream = field(default_factory=Stream)
    persons: Stream = field(default_factory=Stream)
    claims: Stream = field(default_factory=Stream)
    refused: list[str] = field(default_factory=list)
    """What was refused for good: nothing should be."""
    internal_errors: list[Noted] = field(default_factory=list)
    """Answers by which the product itself was at fault; they are asked again as others are."""
    _numbers: Any = field(default_factory=itertools.count)

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until told to stop; what was begun is finished."""
        headers = {"Authorization": f"Bearer {self.scene.token}"}
        limits = httpx.Limits(max_connections=2 * CLIENTS)
        async with httpx.AsyncClient(
            base_url=self.scene.origin,
            headers=headers,
            timeout=SECONDS_TO_ANSWER,
            limits=limits,
            trust_env=False,
        ) as http:
            await asyncio.gather(*(self._client(http, stop) for _ in range(CLIENTS)))

    async def _client(self, http: httpx.AsyncClient, stop: asyncio.Event) -> None:
        while not stop.is_set():
            with suppress(Unanswered):
                await self._one(http, f"F-{next(self._numbers):06}")
            await asyncio.sleep(self.seconds_between * self.choice.uniform(0.5, 1.5))

    async def _one(self, http: httpx.AsyncClient, reference: str) -> None:
        place = f"/scheduling/projects/{self.scene.project_id}/activities"
        self.activities.attempted.add(reference)
        activity = await self._ask(http, place, bodies.activity(reference))
        self.activities.acknowledged.add(reference)
        self.calls.attempted.add(reference)
        opening = self._ask(http, "/registration/calls", bodies.call(activity["id"]))
        changing = self._change(http, activity)
        known = self._make_known(http, reference)
        opened, *_ = await asyncio.gather(opening, changing, known, return_exceptions=True)
        if isinstance(opened, BaseException):
            raise opened
        self.calls.acknowledged.add(reference)
        await self._put_forward(http, reference)

    async def _make_known(self, http: httpx.AsyncClient, reference: str) -> None:
        if self.choice.random() < 0.5:
            return
        self.persons.attempted.add(reference)
        await self._ask(http, "/registration/persons", bodies.person(reference))
        self.persons.acknowledged.add(reference)

    async def _put_forward(self, http: httpx.AsyncClient, reference: str) -> None:
        """As another system does, over HTTP; to be taken is not yet to be answered."""
        if self.choice.random() < 0.5:
            return
        self.claims.attempted.add(reference)
        key = {"Authorization": f"Bearer {self.scene.key}", "Content-Type": CLOUD_EVENT}
        await self._ask(http, "/ingress/events", bodies.nomination(reference), key)
        self.claims.acknowledged.add(reference)

    async def _change(self, http: httpx.AsyncClient, activity: dict[str, Any]) -> None:
        """The same activity under other names, as often as it is lucky: newer states of it."""
        for version in range(activity["version"], activity["version"] + 3):
            if self.choice.random() < 0.5:
                return
            names = {"names": {"en": f"Change {version}"}}
            headers = {"If-Match": f'"{version}"'}
            place = f"/scheduling/activities/{activity['id']}"
            answer = await http.patch(place, json=names, headers=headers)
            if answer.status_code == INTERNAL_ERROR:
                self.internal_errors.append(Noted(f"500 from {place}: {answer.text[:200]}"))
            if not answer.is_success:
                return

    async def _ask(
        self, http: httpx.AsyncClient, place: str, body: Any, beside: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """The answer to what was done, once, however often it was asked. Raises `Unanswered`."""
        key = beside or {"Idempotency-Key": str(uuid4())}
        clock = asyncio.get_running_loop().time
        give_up_at = clock() + SECONDS_OF_PATIENCE
        while clock() < give_up_at:
            try:
                answer = await http.post(place, json=body, headers=key)
            except httpx.ConnectError:
                pass
            except httpx.TransportError:
                if self.choice.random() < GIVES_UP:
                    raise Unanswered from None
            else:
                if answer.is_success:
                    return dict(answer.json())
                if answer.status_code == INTERNAL_ERROR:
                    self.internal_errors.append(Noted(f"500 from {place}: {answer.text[:200]}"))
                if not _may_ask_again(answer):
                    self.refused.append(f"{answer.status_code} {answer.text[:200]}")
                    raise Unanswered
            await asyncio.sleep(SECONDS_BETWEEN_TRIES)
        raise Unanswered


def _may_ask_again(answer: httpx.Response) -> bool:
    if answer.status_code in NOT_NOW:
        return True
    return answer.status_code == 409 and answer.json().get("code") in NOT_YET
