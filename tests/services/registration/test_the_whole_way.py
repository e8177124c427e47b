"""From the call to confirmed seats, with a decline and an offer that nobody answers."""

from datetime import UTC, datetime

from services.registration.tables import offer
from shared.contracts.registration import (
    FocalPointInvited,
    NominationExpired,
    NominationSelected,
    OutcomeAnnounced,
    SeatFreed,
    SeatOffered,
    SelectionConcluded,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course


def path_of(offered: SeatOffered) -> str:
    """The path behind the link of an offer."""
    return offered.link.removeprefix("http://cadre.test/registration")


async def test_a_declined_seat_goes_to_the_next_who_keeps_every_quota(
    registration: Registration,
) -> None:
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await course.nominates("TN", 1, sex="female")
    await course.nominates("TN", 2, sex="female")

    response = await course.selects()
    offers = await registration.said(SeatOffered)
    woman = next(one for one in offers if one.party == "TN")
    answered = await registration.client().post(path_of(woman), data={"answer": "decline"})
    await registration.hears_itself()

    assert response.status_code == 200, response.text
    assert response.json()["selected"] == 2
    assert answered.status_code == 200, answered.text
    assert await course.standing() == {
        "JO-001": "selected",
        "JO-002": "waitlisted",
        "TN-001": "declined",
        "TN-002": "selected",
    }


async def test_everything_is_told_to_whom_it_concerns(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    await course.nominates("TN", 2)

    await course.selects()

    invited = [one for one in await registration.said() if not isinstance(one, SeatOffered)]
    assert {one.party for one in invited if isinstance(one, FocalPointInvited)} == {"JO", "TN"}
    told = {one.party: one for one in invited if isinstance(one, OutcomeAnnounced)}
    assert (told["TN"].selected, told["TN"].waitlisted) == (1, 1)
    concluded = next(one for one in invited if isinstance(one, SelectionConcluded))
    assert (concluded.nominated, concluded.selected, concluded.waitlisted) == (3, 2, 1)


async def test_an_offer_not_answered_by_the_officers_own_calendar_expires(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    await course.nominates("TN", 2, priority=5)
    await course.selects()
    by_party = {one.party: one for one in await registration.said(SeatOffered)}

    await registration.moves_to(by_party["JO"].answer_by.instant)
    await registration.does_jobs()
    await registration.hears_itself()

    assert by_party["JO"].answer_by.local == datetime(2018, 5, 20, 23, 59)  # noqa: DTZ001
    assert by_party["TN"].answer_by.local == datetime(2018, 5, 18, 23, 59)  # noqa: DTZ001
    assert by_party["JO"].answer_by.instant == datetime(2018, 5, 20, 20, 59, tzinfo=UTC)
    said = await registration.said(NominationExpired, SeatFreed, NominationSelected)
    assert [one.reason for one in said if isinstance(one, SeatFreed)] == ["expired", "expired"]
    assert (await course.standing())["TN-002"] == "selected"


async def test_a_seat_accepted_by_link_is_confirmed(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)

    visitor = registration.client()
    looked = await visitor.get(path_of(offered))
    before = await course.standing()
    answered = await visitor.post(path_of(offered), data={"answer": "accept"})
    again = await visitor.post(path_of(offered), data={"answer": "decline"})

    assert (looked.status_code, answered.status_code, again.status_code) == (200, 200, 409)
    assert before == {"JO-001": "selected"}
    assert await course.standing() == {"JO-001": "confirmed"}
    assert [row["state"] for row in await registration.rows(offer)] == ["accepted"]
