"""Nobody changes what is drawn, nor what it is drawn from."""

from services.registration.tables import lottery_seed
from shared.contracts.registration import LotteryCommitted
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_call, a_course
from tests.services.registration.lottery import a_lottery, adds, chances, the_draw
from tests.services.registration.runs import (
    a_full_course,
    a_run,
    changes,
    shown,
    step,
)


async def test_who_runs_the_selection_adds_no_words_once_chances_are_known(
    registration: Registration,
) -> None:
    course = await a_lottery(registration)
    first = await adds(course, "organisation-1")
    twice = await adds(course, "organisation-2")
    run = await a_run(course)

    late = await adds(course, "admin-words", course.admin)
    party = await adds(course, "tunisia-words", course.points["TN"])
    auditor = await adds(course, "auditor-words", registration.client("auditor"))
    odd = await adds(course, "names, or text", course.points["JO"])
    await step(course, run, "draw")
    over = await adds(course, "jordan-words", course.points["JO"])
    record = await the_draw(course)

    assert first.status_code == party.status_code == auditor.status_code == 201
    assert twice.json()["code"] == "contribution-is-made"
    assert late.json()["code"] == "contribution-comes-too-late"
    assert odd.status_code == 422
    assert over.json()["code"] == "seed-is-revealed"
    assert [(one["role"], one["party"]) for one in record["contributions"]] == [
        ("coordinator", None),
        ("focal_point", "TN"),
        ("auditor", None),
    ]


async def test_what_is_drawn_is_changed_by_nobody_and_only_drawn_once(
    registration: Registration,
) -> None:
    course = await a_lottery(registration)
    run = await a_run(course)
    denied = [
        await who.post(f"/selection-runs/{run['id']}/draw")
        for who in (course.points["JO"], registration.client("auditor"))
    ]
    await step(course, run, "draw")

    again = await step(course, run, "draw")
    changed = await changes(course, run, "JO-001", "JO-002")
    at_once = await course.coordinator.post(f"/calls/{course.call_id}/selection")

    assert [one.status_code for one in denied] == [404, 404]
    assert again.json()["code"] == "run-has-moved"
    assert changed.json()["code"] == "lottery-stands"
    assert at_once.json()["code"] == "selection-is-made-in-steps"


async def test_a_pool_that_moved_is_drawn_from_with_the_same_seed_while_it_is_secret(
    registration: Registration,
) -> None:
    course = await a_lottery(registration)
    first = await a_run(course)
    nominee = (await chances(course))[0]
    await course.coordinator.post(f"/nominations/{nominee['nomination_id']}/withdrawal")

    refused = await step(course, first, "draw")
    second = await a_run(course)
    secret = (await the_draw(course))["number"]
    await step(course, second, "draw")
    other = (await chances(course))[1]
    await course.coordinator.post(f"/nominations/{other['nomination_id']}/withdrawal")
    late = await step(course, second, "conclusion")
    third = await a_run(course)
    record = await the_draw(course)

    assert refused.json()["code"] == late.json()["code"] == "selection-pool-has-changed"
    assert (await shown(course, first["id"]))["state"] == "superseded"
    assert (secret, record["number"]) == (1, 2)
    assert (third["state"], record["seed"]) == ("published", None)
    assert len(await registration.rows(lottery_seed)) == 2


async def test_the_same_pool_is_published_in_the_same_bytes(registration: Registration) -> None:
    course = await a_lottery(registration)
    await a_run(course)
    first = await the_draw(course)

    await a_run(course)
    second = await the_draw(course)

    assert first["run_id"] != second["run_id"]
    assert first["published"] == second["published"]


async def test_a_call_by_merit_has_no_lottery(registration: Registration) -> None:
    course = await a_full_course(registration)

    shown_draw = await course.coordinator.get(f"/calls/{course.call_id}/draw")
    added = await adds(course, "some-words")

    assert shown_draw.json()["code"] == added.json()["code"] == "call-has-no-lottery"
    assert await registration.rows(lottery_seed) == []


async def test_the_method_of_a_call_stays_once_the_deadline_has_passed(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    asked = {name: value for name, value in a_call().items() if name != "activity_id"}
    address = f"/calls/{course.call_id}"

    early = await course.coordinator.put(
        address, json={**asked, "method": "lottery"}, headers={"If-Match": '"1"'}
    )
    committed = await registration.said(LotteryCommitted)
    await registration.moves_to(AFTER_THE_DEADLINE)
    late = await course.coordinator.put(
        address, json={**asked, "method": "merit"}, headers={"If-Match": '"2"'}
    )

    assert early.status_code == 200
    assert len(committed) == 1
    assert late.json()["code"] == "method-stays"
