"""A nominee does not take the seat that was offered: the focal points of the party hear of it."""

from datetime import timedelta

import pytest

from shared.contracts.registration import OfferEndAnnounced, SeatOffered
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.detailed import path_of, through_the_focal_point


@pytest.mark.parametrize("reason", ["declined", "expired"])
async def test_who_does_not_take_a_seat_is_named_to_the_focal_point(
    registration: Registration, reason: str
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    await course.selects()
    offers = {one.party: one for one in await registration.said(SeatOffered)}

    await registration.client().post(path_of(offers["TN"]), data={"answer": "accept"})
    if reason == "declined":
        await registration.client().post(path_of(offers["JO"]), data={"answer": "decline"})
    else:
        await registration.moves_to(offers["JO"].answer_by.instant + timedelta(seconds=1))
        await registration.does_jobs()

    (told,) = await registration.said(OfferEndAnnounced)
    assert (told.party, told.reason, told.officer_reference) == ("JO", reason, "JO-001")
    assert told.person_id == offers["JO"].person_id != told.recipient_id
    assert told.link.endswith(f"/calls/{course.call_id}/page")


async def test_a_focal_point_who_declined_is_not_told_so(registration: Registration) -> None:
    course, _ = await through_the_focal_point(registration, answer="decline")

    assert await course.standing() == {"JO-001": "declined"}
    assert await registration.said(OfferEndAnnounced) == []
