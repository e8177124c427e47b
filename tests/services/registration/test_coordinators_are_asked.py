"""A coordinator is told of a seat that nobody may have, and decides."""

from shared.contracts.registration import SeatDecisionAsked, SeatHeld
from tests.services.registration.building import Registration
from tests.services.registration.course import PROJECT, a_course, registers, the_activity
from tests.services.registration.test_freed_seats_move_the_list_up import a_selection, declines


async def test_each_coordinator_of_the_project_is_asked_once(registration: Registration) -> None:
    course = await a_course(registration, women_minimum=1)
    second = await registers(course, subject="second")
    left = await registers(course, subject="left")
    for person_id, until in ((second, None), (left, "2018-05-01")):
        staff = {"person_id": str(person_id), "role": "coordinator", "from_on": "2018-01-01"}
        answer = await course.admin.post(
            f"/projects/{PROJECT}/staff", json={**staff, "until_on": until}
        )
        assert answer.status_code == 201, answer.text
    await course.nominates("JO", 1, sex="female")
    await course.nominates("TN", 2)
    await course.selects()
    (freed,) = await declines(course, "JO-001")

    await registration.hears(freed, freed)

    asked = await registration.said(SeatDecisionAsked)
    (held,) = (await course.coordinator.get(f"/calls/{course.call_id}/seats/held")).json()["items"]
    assert len({one.person_id for one in asked}) == len(asked) == 2
    assert second in [one.person_id for one in asked]
    assert [(one.seat, one.offer_id) for one in asked] == [(held["seat"], freed.offer_id)] * 2
    assert asked[0].link == f"http://cadre.test/registration/calls/{course.call_id}/page"


async def test_nobody_is_asked_once_the_activity_has_begun(registration: Registration) -> None:
    course = await a_selection(registration)
    (freed,) = await declines(course, "JO-001")
    await registration.hears(the_activity(state="closed"), sequence=2)

    await registration.hears(freed)

    said = await registration.said(SeatHeld, SeatDecisionAsked)
    assert [type(one) for one in said] == [SeatHeld]
