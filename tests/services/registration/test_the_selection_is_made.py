"""The selection: once, after the deadline, within every quota, from a pool that stands still."""

from functools import partial
from typing import Any

import httpx
import pytest

from services.registration.api import calls
from services.registration.commands import selection
from services.registration.selecting.methods import at_once, by_merit
from services.registration.tables import nomination, offer
from shared.context import Actor
from shared.contracts.registration import NominationSelected, NominationWaitlisted, SeatOffered
from shared.refusals import Refused
from shared.tables import job
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    PROJECT,
    a_course,
    the_activity,
    the_calendars,
)


async def test_nothing_is_selected_before_the_deadline_nor_twice(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)

    early = await course.coordinator.post(f"/calls/{course.call_id}/selection")
    made = await course.selects()
    again = await course.coordinator.post(f"/calls/{course.call_id}/selection")

    assert early.json()["code"] == "call-is-still-open"
    assert made.status_code == 200
    assert again.json()["code"] == "already-selected"
    assert len(await registration.rows(offer)) == 1


async def test_a_quota_that_can_not_be_met_is_named(registration: Registration) -> None:
    course = await a_course(
        registration,
        women_minimum=1,
        parties=[{"party": "JO", "minimum": 1}, {"party": "TN", "minimum": 1}],
    )
    await course.nominates("JO", 1)

    answer = await course.selects()

    assert (answer.status_code, answer.json()["code"]) == (409, "quotas-cannot-be-met")
    assert [(one["path"], one["code"]) for one in answer.json()["errors"]] == [
        ("party.TN", "minimum"),
        ("sex.female", "minimum"),
        ("relaxations.0", "would-be-enough"),
    ]
    assert answer.json()["errors"][2]["message"].splitlines() == [
        "Tunisia: at least 0 instead of 1",
        "Women: at least 0 instead of 1",
    ]
    assert [row["status"] for row in await registration.rows(nomination)] == ["submitted"]


async def test_the_first_choices_of_the_parties_come_first(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1, priority=2)
    await course.nominates("JO", 2, priority=1)
    await course.nominates("TN", 1, priority=1)

    await course.selects()

    said = await registration.said(NominationSelected, NominationWaitlisted)
    assert await course.standing() == {
        "JO-001": "waitlisted",
        "JO-002": "selected",
        "TN-001": "selected",
    }
    assert [type(one) for one in said] == [
        NominationSelected,
        NominationSelected,
        NominationWaitlisted,
    ]


async def test_each_who_was_not_selected_is_told_why_and_nothing_of_others(
    registration: Registration,
) -> None:
    course = await a_course(
        registration,
        seats=3,
        parties=[{"party": "JO", "maximum": 1}, {"party": "TN"}],
        women_minimum=1,
    )
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    for number in (1, 2, 3):
        await course.nominates("TN", number, sex="female" if number == 3 else "male")

    await course.selects()

    def reasons(answer: httpx.Response) -> dict[str, Any]:
        listed = answer.json()["items"]
        return {one["officer_reference"]: one["outcome_reason"] for one in listed}

    address = f"/calls/{course.call_id}/nominations"
    jordan = reasons(await course.points["JO"].get(address))
    everybody = reasons(await course.coordinator.get(address))
    exported = await course.points["TN"].get(f"{address}.csv")
    page = await course.points["JO"].get(f"/calls/{course.call_id}/page?lang=fr")
    party = {"code": "party-maximum-reached", "dimension": "party", "chance": None}
    needed = {"code": "needed-for-minimum", "dimension": "sex", "chance": None}
    assert jordan == {"JO-001": None, "JO-002": [party, needed]}
    assert everybody["TN-002"] == [needed]
    assert {name for name, why in everybody.items() if why} == {"JO-002", "TN-002"}
    assert "needed-for-minimum (sex)" in exported.content.decode()
    assert "La partie a autant de places" in page.text
    assert "TN" not in str(jordan)


async def test_a_pool_that_moved_meanwhile_is_not_concluded(registration: Registration) -> None:
    course = await a_course(registration)
    first = await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await registration.moves_to(AFTER_THE_DEADLINE)
    context = registration.service.context
    admin = Actor("admin", "admin")
    pools = []

    async def look(work: object) -> None:
        pools.append(await selection.read_pool(work, course_call))  # type: ignore[arg-type]

    course_call = (await registration.rows(nomination))[0]["call_id"]
    await context.commit(look, actor=admin, correlation_id="a")
    (pool,) = pools
    found = by_merit(pool)
    await course.points["JO"].post(f"/nominations/{first['id']}/withdrawal")
    conclude = partial(selection.select_at_once, call_id=course_call, pool=pool, found=found)
    refused = ""
    try:
        await context.commit(conclude, actor=admin, correlation_id="a")
    except Refused as refusal:
        refused = refusal.code()

    assert refused == "selection-pool-has-changed"
    assert await registration.rows(offer) == []


async def test_what_takes_too_long_for_an_answer_is_left_to_a_run(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    for priority in (1, 2):
        await course.nominates("JO", priority)
    await registration.moves_to(AFTER_THE_DEADLINE)
    monkeypatch.setattr(calls, "at_once", partial(at_once, seconds=0))
    address = f"/calls/{course.call_id}"

    refused = await course.coordinator.post(f"{address}/selection")
    told = await course.coordinator.post(f"{address}/page/selection?lang=fr")
    nothing = await registration.rows(offer)
    run = (await course.coordinator.post(f"{address}/selection-runs", json={})).json()
    await registration.does_jobs()
    await course.coordinator.post(f"/selection-runs/{run['id']}/conclusion")

    assert (refused.status_code, refused.json()["code"]) == (409, "selection-takes-too-long")
    assert "par étapes" in told.text
    assert nothing == []
    assert len(await registration.rows(offer)) == 2


async def test_who_may_not_be_written_to_is_reached_through_the_focal_point(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    described = {"kind": "country", "names": {"en": "Jordan"}, "contact_directly": False}
    await course.admin.put("/parties/JO", json=described, headers={"If-Match": '"1"'})
    await registration.hears(the_activity(), sequence=2)
    opened = await course.coordinator.post("/calls", json=_a_call())
    course.call_id = opened.json()["id"]
    jordanian = await course.nominates("JO", 1)
    tunisian = await course.nominates("TN", 1)
    await course.selects()

    channels = (await course.admin.get(f"/projects/{PROJECT}/channels")).json()["items"]
    holder = next(one["holder_id"] for one in channels if one["party"] == "JO")
    offers = {one.party: one for one in await registration.said(SeatOffered)}
    for_themself = await course.points["TN"].post(
        f"/nominations/{tunisian['id']}/answer", json={"answer": "accept"}
    )
    through = await course.points["JO"].post(
        f"/nominations/{jordanian['id']}/answer", json={"answer": "accept"}
    )

    assert str(offers["JO"].recipient_id) == holder
    assert offers["JO"].officer_reference == "JO-001"
    assert offers["TN"].recipient_id == offers["TN"].person_id
    assert offers["TN"].officer_reference is None
    assert for_themself.json()["code"] == "answer-is-the-officers"
    assert through.json()["status"] == "confirmed"


async def test_a_closed_activity_writes_to_no_officer(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    await registration.hears(the_activity(visibility="closed"), sequence=2)
    opened = await course.coordinator.post("/calls", json=_a_call())
    course.call_id = opened.json()["id"]
    await course.nominates("TN", 1)

    await course.selects()

    (offered,) = await registration.said(SeatOffered)
    assert offered.recipient_id != offered.person_id
    assert offered.officer_reference == "TN-001"


async def test_a_calendar_not_known_yet_delays_the_selection(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    described = {"kind": "country", "names": {"en": "Jordan"}, "calendar_country": "EG"}
    await course.admin.put("/parties/JO", json=described, headers={"If-Match": '"1"'})
    opened = await course.coordinator.post("/calls", json=_a_call())
    course.call_id = opened.json()["id"]
    await course.nominates("JO", 1)

    early = await course.selects()
    jordan, _ = the_calendars()
    await registration.hears(jordan.model_copy(update={"country": "EG"}))
    later = await course.coordinator.post(f"/calls/{course.call_id}/selection")

    assert (early.status_code, early.json()["code"]) == (409, "not-known-yet")
    assert "EG" in early.json()["detail"]
    assert later.status_code == 200
    assert [row["kind"] for row in await registration.rows(job)] == ["expire_offer"]


def _a_call() -> dict[str, object]:
    return {
        "activity_id": str(the_activity().activity_id),
        "seats": 2,
        "parties": [{"party": "JO"}, {"party": "TN"}],
        "deadline": {"local": "2018-05-10T16:00:00", "zone": "Asia/Amman"},
        "answer_working_days": 5,
    }
