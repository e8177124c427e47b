"""An operator sees what a system would be answered; a trial leaves nothing behind that counts."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.registration.outsiders.trial import NOT_TRIED, try_out, verdict_line
from services.registration.tables import nomination as nomination_table
from shared.observing.measures import DUPLICATES
from shared.outsiders import alias
from shared.tables import aggregate_sequence, audit, deferred, event_count, inbox, outbox
from tests.messaging.ingress.sent import ATTENDANCE, NOMINATION
from tests.services.registration.building import ORIGIN, Registration
from tests.services.registration.outsiders import a_course_with_a_system, nomination, sends

KEPT = (nomination_table, alias, inbox, outbox, deferred, event_count, aggregate_sequence)


async def test_a_trial_tells_the_verdict_and_leaves_nothing_behind(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    before = [await registration.rows(table) for table in KEPT]

    good = await _tries(course.admin, nomination())
    bad = await _tries(course.admin, nomination(8, activity="NO-SUCH"))
    wrong = await _tries(course.admin, {"id": "x"})

    after = [await registration.rows(table) for table in KEPT]
    assert [one["verdict"] for one in (good, bad, wrong)] == ["accepted", "refused", "refused"]
    assert bad["faults"][1] == {"code": "not-known", "field": "data.activity"}
    assert after == before
    lines = [
        one["object"] for one in await registration.rows(audit) if one["action"] == "try-event"
    ]
    assert lines == ["outsider/jo-hr"] * 3


async def test_what_was_tried_is_as_new_when_it_is_sent(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    await _tries(course.admin, nomination())

    [answer] = await sends(registration, nomination())

    assert (answer.type, answer.repeated) == ("ingress.event.accepted.v1", False)


async def test_a_trial_counts_nothing(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    await sends(registration, nomination())
    tally = registration.service.context.observer.tally
    before = [one for one in tally.samples() if one.measure is DUPLICATES]

    again = await _tries(course.admin, nomination())

    assert again["verdict"] == "accepted"
    assert [one for one in tally.samples() if one.measure is DUPLICATES] == before


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
async def test_trials_are_for_an_admin(registration: Registration, role: Any) -> None:
    await a_course_with_a_system(registration)

    async with registration.client(role) as somebody:
        answer = await somebody.post("/trials", json={"outsider": "jo-hr", "event": {}})

    assert answer.status_code == 403


async def test_the_golden_examples_are_played_for_a_system(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    origin = FastAPI()
    origin.mount("/registration", registration.service.api)
    system = {"outsider": "jo-hr", "parties": ["JO"], "sends": [NOMINATION, ATTENDANCE]}

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(origin), base_url=ORIGIN, headers=course.admin.headers
    ) as client:
        tried = await try_out(client, system, activity=None, officer="EMP-1")

    assert [one["verdict"] for one in tried] == ["accepted", NOT_TRIED]
    assert verdict_line(tried[0]) == f"{NOMINATION}  accepted  (registration)"


async def _tries(admin: httpx.AsyncClient, event: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post("/trials", json={"outsider": "jo-hr", "event": event})
    assert answer.status_code == 200, answer.text
    verdict: dict[str, Any] = answer.json()
    return verdict
