"""Who has no seat is told no with a reason."""

from services.registration.tables import change_request
from shared.contracts.registration import (
    NominationNotSelected,
    WaitingListClosed,
    WaitingListClosureAnnounced,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course, an_officer
from tests.services.registration.other_runs import a_waiting_list, row_of


async def test_all_who_wait_are_told_no_with_a_reason(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    address = f"/calls/{course.call_id}/waiting-list/closing"

    answer = await course.coordinator.post(address, json={"reason_code": "no-seat-left"})

    assert answer.status_code == 200, answer.text
    said = await registration.said()
    told = [one for one in said if isinstance(one, NominationNotSelected)]
    assert {one.reason_code for one in told} == {"no-seat-left"}
    numbers = [one for one in said if isinstance(one, WaitingListClosureAnnounced)]
    assert {one.party: one.not_selected for one in numbers} == {"JO": 2, "TN": 1}
    assert sum(isinstance(one, WaitingListClosed) for one in said) == 1
    again = await course.coordinator.post(address, json={"reason_code": "no-seat-left"})
    assert (again.status_code, await registration.said()) == (200, [])
    shown = await course.points["JO"].get(f"/nominations/{told[0].nomination_id}")
    assert shown.json()["reason_code"] == "no-seat-left"


async def test_a_change_of_who_was_told_no_is_asked_for_no_more(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1)
    nominated = [await course.nominates("JO", number) for number in (1, 2)]
    await registration.moves_to(AFTER_THE_DEADLINE)
    for one in nominated:
        await course.points["JO"].post(
            f"/nominations/{one['id']}/change-requests",
            json={"change": "correction", "officer": an_officer("JO", 9), "reason": "A slip."},
        )
    await course.selects()

    await course.coordinator.post(
        f"/calls/{course.call_id}/waiting-list/closing", json={"reason_code": "no-seat-left"}
    )

    rows = await registration.rows(change_request)
    states = {str(row["nomination_id"]): row["state"] for row in rows}
    assert states == {nominated[0]["id"]: "open", nominated[1]["id"]: "ended"}


async def test_some_who_wait_are_told_no(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    address = f"/calls/{course.call_id}/waiting-list/closing"
    ids = {one: str((await row_of(course, one))["id"]) for one in ("JO-001", "JO-003")}

    seated = await course.coordinator.post(
        address, json={"reason_code": "seats-reduced", "nominations": list(ids.values())}
    )
    one = await course.coordinator.post(
        address, json={"reason_code": "seats-reduced", "nominations": [ids["JO-003"]]}
    )
    foreign = await course.points["JO"].post(address, json={"reason_code": "no-seat-left"})

    assert (seated.status_code, seated.json()["code"]) == (422, "nobody-waits-so")
    assert [fault["path"] for fault in seated.json()["errors"]] == ["nominations.0"]
    assert (one.status_code, foreign.status_code) == (200, 404)
    assert await course.standing() == {
        "JO-001": "selected",
        "JO-002": "waitlisted",
        "JO-003": "not_selected",
        "TN-001": "waitlisted",
    }


async def test_before_the_selection_nobody_is_told_no(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)

    answer = await course.coordinator.post(
        f"/calls/{course.call_id}/waiting-list/closing", json={"reason_code": "no-seat-left"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "selection-is-not-made")
