"""A call below its minimum is put to its coordinators."""

from datetime import UTC, datetime

from shared.contracts.registration import SeatOffered, ViabilityQuestioned
from shared.tables import job
from tests.services.registration.below_minimum import THREE_WEEKS_BEFORE, answers
from tests.services.registration.building import Registration
from tests.services.registration.course import PROJECT, a_call, a_course, registers


async def test_three_weeks_before_each_coordinator_is_asked_once(
    registration: Registration,
) -> None:
    course = await a_course(registration, minimum_seats=2)
    second = await registers(course, subject="second")
    staff = {"person_id": str(second), "role": "coordinator", "from_on": "2018-01-01"}
    await course.admin.post(f"/projects/{PROJECT}/staff", json=staff)
    await course.nominates("JO", 1)

    await registration.moves_to(datetime(2018, 6, 2, 20, 59, tzinfo=UTC))
    early = await registration.does_jobs()
    await registration.moves_to(THREE_WEEKS_BEFORE)
    in_time = await registration.does_jobs()

    asked = await registration.said(ViabilityQuestioned)
    shown = (await course.coordinator.get(f"/calls/{course.call_id}")).json()
    hidden = (await course.points["JO"].get(f"/calls/{course.call_id}")).json()
    assert (early, in_time) == (0, 1)
    assert len({one.person_id for one in asked}) == len(asked) == 2
    assert {(one.minimum_seats, one.filled) for one in asked} == {(2, 1)}
    assert (shown["decide_on"], shown["below_minimum_at"] is None) == ("2018-06-03", False)
    assert hidden["below_minimum_at"] is None


async def test_nobody_is_asked_where_the_minimum_is_reached(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2, decide_on="2018-05-14")
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)

    await course.selects()
    await registration.moves_to(datetime(2018, 5, 13, 21, tzinfo=UTC))
    done = await registration.does_jobs()

    assert done == 1
    assert await registration.said(ViabilityQuestioned) == []


async def test_a_day_of_one_s_own_but_not_before_the_deadline(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2, decide_on="2018-04-10")

    (planned,) = [one for one in await registration.rows(job) if one["kind"].startswith("look")]

    assert planned["due_at"] == datetime(2018, 5, 10, 13, tzinfo=UTC)
    assert course.call_id in planned["key"]


async def test_a_day_to_decide_on_that_has_passed_is_refused(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    asked = a_call(minimum_seats=2, decide_on="2018-01-10")

    answer = await course.coordinator.post("/calls", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline-is-not-possible")
    faults = [(one["path"], one["code"]) for one in answer.json()["errors"]]
    assert faults == [("decide_on", "passed")]


async def test_a_selection_that_fills_too_few_is_told_at_once(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2)
    await course.nominates("JO", 1)

    await course.selects()
    await registration.moves_to(THREE_WEEKS_BEFORE)
    await registration.does_jobs()

    (asked,) = await registration.said(ViabilityQuestioned)
    assert asked.filled == 1


async def test_seats_that_fall_below_are_told_and_a_filled_one_is_not(
    registration: Registration,
) -> None:
    course = await a_course(registration, minimum_seats=2)
    for number in (1, 2, 3):
        await course.nominates("JO" if number < 3 else "TN", number)
    await course.selects()
    first, second = await registration.said(SeatOffered)

    await answers(course, first)
    await registration.hears_itself()
    (third,) = await registration.said(SeatOffered, ViabilityQuestioned)
    await answers(course, second)
    await registration.hears_itself()

    told = await registration.said(SeatOffered, ViabilityQuestioned)
    assert isinstance(third, SeatOffered)
    assert [type(one) for one in told] == [ViabilityQuestioned]
    assert told[0].filled == 1
