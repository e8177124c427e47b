"""The story moves only when nothing is on its way, and all four services move together."""

import json
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from deploy.demo import story
from deploy.demo.client import Caller
from deploy.demo.story import SERVICES, Story, StoryDoesNotSettle


class Services:
    """Answers as four services do; `left` says what each look finds in notifications."""

    def __init__(self, left: Iterator[int]) -> None:
        self.left = left
        self.looks = 0
        self.moved: list[tuple[str, str, int]] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        service = request.url.path.split("/")[1]
        if request.method == "PUT":
            self.moved.append((service, json.loads(request.content)["now"], self.looks))
            return httpx.Response(200, json={})
        if request.url.path.endswith("/figures"):
            return httpx.Response(200, json={"committed": {}, "purged": {}, "taken_in": {}})
        jobs = 0
        if service == "notifications":
            self.looks += 1
            jobs = next(self.left, 0)
        told = {"now": "2018-03-01T08:00:00Z", "outbox": 0, "queued": 0, "deferred": 0}
        return httpx.Response(200, json={**told, "jobs_due": jobs})


def a_story(services: Services) -> Story:
    http = httpx.Client(
        transport=httpx.MockTransport(services.answer), base_url="http://course.example"
    )
    return Story(Caller(http, "admin"), "Asia/Amman")


def test_the_clock_moves_after_two_quiet_looks_in_a_row() -> None:
    services = Services(iter([2, 0, 1, 0, 0]))

    a_story(services).move_to(date(2018, 5, 13), "09:30")

    assert [service for service, _, _ in services.moved] == list(SERVICES)
    assert {now for _, now, _ in services.moved} == {"2018-05-13T06:30:00+00:00"}
    assert {looks for _, _, looks in services.moved} == {5}


def test_what_never_ends_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "SECONDS_TO_SETTLE", 0.05)
    services = Services(iter(lambda: 3, 0))

    with pytest.raises(StoryDoesNotSettle) as failure:
        a_story(services).settle()

    assert str(failure.value) == "still on its way: 3 jobs_due in notifications"
