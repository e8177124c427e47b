"""A seat that is confirmed, and the link to fill in details by."""

from datetime import UTC, datetime
from typing import Any

from shared.contracts.registration import FollowUpAsked, SeatOffered
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_call, a_course
from tests.services.registration.made_once import made_once

HTML = {"Accept": "text/html"}
ASKS = ["passport", "travel", "diet", "visa_letter"]
NUMBER = "N7654321"
FORM = {
    "passport.number": "n765 4321",
    "passport.country": "JO",
    "passport.expires_on": "2020-01-31",
    "travel.departs_from": "Aqaba",
    "travel.arrives_on": "2018-06-23",
    "travel.leaves_on": "2018-06-29",
    "diet.kind": "halal",
    "diet.note": "nuts",
    "visa_letter.needed": "no",
}
DETAILS = {
    "passport": {"number": NUMBER, "country": "JO", "expires_on": "2020-01-31"},
    "travel": {"departs_from": "Aqaba", "arrives_on": "2018-06-23", "leaves_on": "2018-06-29"},
    "diet": {"kind": "halal", "note": "nuts"},
    "visa_letter": {"needed": False},
}
ANSWER_BY = datetime(2018, 6, 10, 20, 59, tzinfo=UTC)


def path_of(told: Any) -> str:
    """The path behind a secret link."""
    return str(told.link.removeprefix("http://cadre.test/registration"))


@made_once
async def a_confirmed_seat(registration: Registration, **call: Any) -> tuple[Course, str, Any]:
    """JO-001 has accepted the seat; the path of the form, and the nomination."""
    course = await a_course(registration, **{"follow_up": ASKS, **call})
    nominated = await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    await registration.client().post(path_of(offered), data={"answer": "accept"})
    asked = await registration.said(FollowUpAsked)
    return course, path_of(asked[0]) if asked else "", nominated


@made_once
async def through_the_focal_point(
    registration: Registration, answer: str = "accept", **call: Any
) -> tuple[Course, Any]:
    """The same where the state allows no direct contact: the focal point answers."""
    course = await a_course(registration, seats=0)
    described = {"kind": "country", "names": {"en": "Jordan"}, "contact_directly": False}
    await course.admin.put("/parties/JO", json=described, headers={"If-Match": '"1"'})
    opened = await course.coordinator.post(
        "/calls", json=a_call(**{"follow_up": ["passport"], **call})
    )
    course.call_id = opened.json()["id"]
    nominated = await course.nominates("JO", 1)
    await course.selects()
    address = f"/nominations/{nominated['id']}/answer"
    await course.points["JO"].post(address, json={"answer": answer})
    return course, nominated
