"""Screening: only who is cleared is given a seat, and only while they are."""

from shared.contracts.registration import SeatOffered
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.screened import (
    OF_PROJECT,
    a_screened_course,
    comes_back,
    goes_out,
    standing,
)


async def test_only_who_is_cleared_is_offered_a_seat(registration: Registration) -> None:
    course = await a_screened_course(registration, seats=2)
    for number in (1, 2, 3, 4):
        await course.nominates("JO" if number < 3 else "TN", number)
    known = await goes_out(course)

    taken = await comes_back(
        course,
        f"{known['Given 1']},not cleared,,",
        f"{known['Given 2']},cleared,2018-04-01,2018-12-31",
        f"{known['Given 3']},,,",
        f"{known['Given 4']},cleared,,2018-06-27",
    )
    selected = await course.selects()

    assert (taken.status_code, taken.json()) == (
        200,
        {
            "rows": 4,
            "decided": 3,
            "unchanged": 0,
            "waiting": 1,
            "dropped_columns": [],
            "preview": False,
        },
    )
    assert selected.status_code == 200, selected.text
    assert await course.standing() == {
        "JO-001": "waitlisted",
        "JO-002": "selected",
        "TN-003": "waitlisted",
        "TN-004": "waitlisted",
    }
    assert await standing(course) == {
        "JO-001": "not_cleared",
        "JO-002": "cleared",
        "TN-003": "pending",
        "TN-004": "expired",
    }


async def test_quotas_that_wait_for_screening_say_how_many_wait(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=2, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("JO", 2)
    await course.nominates("TN", 3, sex="female")
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")

    shown = await course.coordinator.get(f"/calls/{course.call_id}/feasibility")
    refused = await course.selects()

    assert (shown.json()["nominated"], shown.json()["waiting_for_clearance"]) == (0, 2)
    assert refused.json()["code"] == "quotas-cannot-be-met"
    assert "wait for screening: 2" in refused.json()["detail"]


async def test_a_free_seat_goes_to_who_is_cleared_later(registration: Registration) -> None:
    course = await a_screened_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.nominates("TN", 2)
    known = await goes_out(course)
    await course.selects()
    nobody = await course.standing()
    await registration.said()

    await comes_back(course, f"{known['Given 2']},cleared,,")

    (offered,) = await registration.said(SeatOffered)
    assert set(nobody.values()) == {"waitlisted"}
    assert (offered.party, (await course.standing())["TN-002"]) == ("TN", "selected")


async def test_an_offer_cannot_be_accepted_by_who_is_not_cleared_any_more(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=1)
    nominated = await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,")
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    link = offered.link.removeprefix("http://cadre.test").removeprefix("/registration")
    await comes_back(course, f"{known['Given 1']},not cleared,,")

    accepted = await registration.client().post(link, data={"answer": "accept"})
    status = (await course.standing())["JO-001"]
    declined = await registration.client().post(link, data={"answer": "decline"})

    assert accepted.json()["code"] == "seat-cannot-be-offered-now"
    assert "clear" not in accepted.text.lower().replace("cannot be given", "")
    assert status == "selected"
    assert declined.status_code == 200
    assert nominated["status"] == "submitted"


async def test_a_held_seat_is_not_awarded_to_who_is_not_cleared(registration: Registration) -> None:
    parties = [{"party": "JO", "maximum": 1}, {"party": "TN", "maximum": 1}]
    course = await a_screened_course(registration, seats=1, parties=parties)
    await course.nominates("JO", 1)
    waiting = await course.nominates("TN", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,", f"{known['Given 2']},not cleared,,")
    await course.selects()
    listed = await course.coordinator.get(f"/calls/{course.call_id}/nominations")
    seated = next(one for one in listed.json()["items"] if one["status"] == "selected")
    await course.points["JO"].post(f"/nominations/{seated['id']}/withdrawal")
    await registration.hears_itself()

    awarded = await course.coordinator.post(
        f"/calls/{course.call_id}/seats/1/award",
        json={"nomination_id": waiting["id"], "reason": "none other"},
    )

    assert awarded.json()["code"] == "seat-cannot-be-offered-now", awarded.text


async def test_nothing_changes_where_nobody_is_screened(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)

    refused = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    await course.selects()
    listed = await course.points["JO"].get(f"/calls/{course.call_id}/nominations")

    assert refused.json()["code"] == "nobody-to-screen"
    assert [(one["status"], one["screening"]) for one in listed.json()["items"]] == [
        ("selected", None)
    ]


async def test_asking_for_it_needs_the_present_version(registration: Registration) -> None:
    course = await a_screened_course(registration)

    stale = await course.coordinator.put(
        OF_PROJECT, json={"asked_for": False}, headers={"If-Match": '"0"'}
    )
    unsaid = await course.coordinator.put(OF_PROJECT, json={"asked_for": False})
    stopped = await course.coordinator.put(
        OF_PROJECT, json={"asked_for": False}, headers={"If-Match": '"1"'}
    )

    assert [one.status_code for one in (stale, unsaid, stopped)] == [412, 428, 200]
    assert stopped.json()["asked_for"] is False
