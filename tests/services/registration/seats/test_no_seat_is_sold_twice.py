"""Hundreds answer, give back, replace and decide at once, over HTTP: no seat is sold twice."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.registration.tables import held_seat, nomination, offer
from shared.contracts.registration import SeatOffered
from tests.services.registration.building import Registration, a_registration
from tests.services.registration.course import Course, a_course, an_officer
from tests.services.registration.served import served
from tests.services.registration.test_rosters_are_taken import a_roster, numbered, upload

SEATS, OF_EACH_PARTY, WOMEN = 40, 70, 4
WHY = "As agreed with the country."
LONGEST_WAIT = 0.5
Ask = Callable[[], Awaitable[int]]


class Crowd:
    """Everybody who asks, through every process of the service in turn."""

    def __init__(self, course: Course, origins: Sequence[str]) -> None:
        self.course = course
        self.origins = origins
        self.answered: Counter[int] = Counter()
        self.asked = 0
        limits = httpx.Limits(max_connections=150, max_keepalive_connections=0)
        self.client = httpx.AsyncClient(limits=limits, timeout=60)

    async def post(self, path: str, who: httpx.AsyncClient | None = None, **body: Any) -> int:
        """Ask until the answer is not to come again."""
        self.asked += 1
        origin = self.origins[self.asked % len(self.origins)]
        headers = {"Authorization": who.headers["Authorization"]} if who else {}
        while True:
            answer = await self.client.post(f"{origin}{path}", headers=headers, **body)
            if answer.status_code != 503:
                self.answered[answer.status_code] += 1
                return answer.status_code
            assert "retry-after" in answer.headers
            await asyncio.sleep(min(float(answer.headers["retry-after"]), LONGEST_WAIT))


@pytest_asyncio.fixture
async def crowd(registration: Registration, database_kind: str) -> AsyncIterator[Crowd]:
    """40 seats offered; on PostgreSQL two processes serve, on SQLite the one there may be."""
    course = await a_course(
        registration,
        seats=SEATS,
        women_minimum=WOMEN,
        parties=[{"party": one, "minimum": 0} for one in ("JO", "TN")],
    )
    for party, women in (("JO", WOMEN), ("TN", 0)):
        rows = [
            numbered(one, sex="female" if one <= women else "male")
            for one in range(1, OF_EACH_PARTY + 1)
        ]
        status, _ = await upload(course, a_roster(*rows), party)
        assert status == 201
    async with AsyncExitStack() as held:
        services = [registration.service]
        if database_kind == "postgresql":
            other = await held.enter_async_context(a_registration(registration.database.url))
            services.append(other.service)
        origins = [await held.enter_async_context(served(one)) for one in services]
        assert (await course.selects()).status_code == 200
        crowd = Crowd(course, origins)
        await held.enter_async_context(crowd.client)
        yield crowd


async def everything_at_once(crowd: Crowd, seed: int) -> None:
    """Each offer is accepted twice and declined; some give back, replace or decide meanwhile."""
    course, registration = crowd.course, crowd.course.registration
    rows = {row["id"]: row for row in await registration.rows(nomination)}
    waiting = [row for row in rows.values() if row["status"] == "waitlisted"]
    offered = {one.nomination_id: one for one in await registration.said(SeatOffered)}
    acts: list[Awaitable[int]] = []
    for nomination_id, one in offered.items():
        path = one.link.removeprefix("http://cadre.test/registration")
        answers = ("accept", "accept", "decline")
        acts += [crowd.post(path, data={"answer": answer}) for answer in answers]
        if rows[nomination_id]["priority"] % 3 == 0:
            point = course.points[one.party]
            acts.append(crowd.post(f"/nominations/{nomination_id}/withdrawal", point))
        if rows[nomination_id]["priority"] % 3 == 1 and waiting:
            acts.append(replaces(crowd, rows[nomination_id], waiting))
    for seat in {row["seat"] for row in await registration.rows(offer)}:
        for row in random.Random(seed).sample(waiting, min(2, len(waiting))):
            body = {"nomination_id": str(row["id"]), "reason": WHY}
            path = f"/calls/{course.call_id}/seats/{seat}/award"
            acts.append(crowd.post(path, course.coordinator, json=body))
    random.Random(seed).shuffle(acts)
    await asyncio.gather(*acts)


def replaces(
    crowd: Crowd, leaving: dict[str, Any], waiting: list[dict[str, Any]]
) -> Awaitable[int]:
    """A focal point gives a seat to another of its officers."""
    party = leaving["party"]
    coming = next((row for row in waiting if row["party"] == party), None)
    described = an_officer(party, 999)
    if coming:
        waiting.remove(coming)
        described["officer_reference"] = coming["officer_reference"]
    path = f"/nominations/{leaving['id']}/replacement"
    return crowd.post(path, crowd.course.points[party], json={"officer": described})


async def delivers(registration: Registration, until: asyncio.Event) -> None:
    """What the service says to itself arrives, as it is said."""
    while not until.is_set():
        await registration.hears_itself()
        await asyncio.sleep(0.02)
    await registration.hears_itself()
    await registration.tries_again()


@pytest.mark.both_databases
async def test_no_seat_is_sold_twice_however_many_ask_at_once(crowd: Crowd) -> None:
    registration = crowd.course.registration

    for seed in (1, 2):
        over = asyncio.Event()
        relay = asyncio.create_task(delivers(registration, over))
        await everything_at_once(crowd, seed)
        over.set()
        await relay

    offers, rows = await registration.rows(offer), await registration.rows(nomination)
    standing = [row for row in offers if row["state"] in ("live", "accepted")]
    seated = {
        row["id"]: row["status"] for row in rows if row["status"] in ("selected", "confirmed")
    }
    held = {row["offer_id"] for row in await registration.rows(held_seat)}
    taken = Counter(row["seat"] for row in standing)
    free = set(range(1, SEATS + 1)) - set(taken)
    assert crowd.asked >= 300
    assert not [status for status in crowd.answered if status >= 500], crowd.answered
    assert max(taken.values()) == 1
    assert len(standing) == len(seated) <= SEATS
    assert {
        row["nomination_id"]: {"live": "selected", "accepted": "confirmed"}[row["state"]]
        for row in standing
    } == seated
    assert {row["seat"] for row in offers if row["id"] in held} == free
