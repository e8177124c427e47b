"""Who has a seat is asked for details, which are kept sealed and for a time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.registration.tables import follow_up, follow_up_answer, nomination
from shared.contracts.registration import (
    FollowUpAsked,
    FollowUpDescribed,
    FollowUpReminded,
    SeatOffered,
)
from shared.tables import audit, outbox
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_call, a_course, the_activity

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


async def a_confirmed_seat(registration: Registration, **call: Any) -> tuple[Course, str, Any]:
    """JO-001 has accepted the seat; the path of the form, and the nomination."""
    course = await a_course(registration, **{"follow_up": ASKS, **call})
    nominated = await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    await registration.client().post(path_of(offered), data={"answer": "accept"})
    asked = await registration.said(FollowUpAsked)
    return course, path_of(asked[0]) if asked else "", nominated


async def through_the_focal_point(registration: Registration, **call: Any) -> tuple[Course, Any]:
    """The same where the state allows no direct contact."""
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
    await course.points["JO"].post(address, json={"answer": "accept"})
    return course, nominated


async def test_a_call_that_asks_for_nothing_asks_nobody(registration: Registration) -> None:
    await a_confirmed_seat(registration, follow_up=[])

    assert await registration.rows(follow_up) == []


async def test_who_confirms_is_asked_by_a_link(registration: Registration) -> None:
    course = await a_course(registration, follow_up=ASKS)
    nominated = await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)

    await registration.client().post(path_of(offered), data={"answer": "accept"})

    said = await registration.said(FollowUpDescribed, FollowUpAsked)
    assert [type(one).__name__ for one in said] == ["FollowUpDescribed", "FollowUpAsked"]
    assert (said[0].state, set(said[0].asks)) == ("asked", set(ASKS))
    assert said[1].answer_by.instant == ANSWER_BY
    assert (str(said[1].recipient_id), said[1].officer_reference) == (
        nominated["person_id"],
        None,
    )


async def test_the_form_speaks_arabic_and_shows_what_is_asked(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)

    page = await registration.client().get(path, headers=HTML)

    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert all(f'name="{name}"' in page.text for name in FORM)


async def test_details_are_kept_sealed_and_shown_to_coordinators(
    registration: Registration,
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    visitor = registration.client()

    sent = await visitor.post(path, data=FORM, headers=HTML)
    again = await visitor.get(path, headers=HTML)

    assert sent.status_code == 200, sent.text
    address = f"/nominations/{nominated['id']}/follow-up"
    shown = await course.coordinator.get(address)
    assert shown.json()["state"] == "complete"
    assert shown.json()["details"]["passport"] == DETAILS["passport"]
    (kept,) = await registration.rows(follow_up_answer)
    assert NUMBER.encode() not in kept["sealed"]
    assert b"Aqaba" not in kept["sealed"]
    assert NUMBER not in again.text
    own = await course.points["JO"].get(address)
    foreign = await course.points["TN"].get(address)
    assert (own.json()["state"], own.json()["details"]) == ("complete", None)
    assert foreign.status_code == 404


async def test_details_are_in_no_event_and_no_record(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)

    await registration.client().post(path, data=FORM)

    bodies = [row["body"] for row in await registration.rows(outbox)]
    assert bodies
    assert not [one for one in bodies if NUMBER.encode() in one or b"Aqaba" in one]
    assert not [row for row in await registration.rows(audit) if NUMBER in str(row)]
    (said,) = await registration.said(FollowUpDescribed)
    assert said.state == "complete"


async def test_figures_say_how_many_are_complete(registration: Registration) -> None:
    course, path, _ = await a_confirmed_seat(registration)
    address = f"/calls/{course.call_id}/follow-ups"

    before = (await course.coordinator.get(f"{address}/figures")).json()
    await registration.client().post(path, data=FORM)
    after = (await course.coordinator.get(f"{address}/figures")).json()

    assert (before["asked"], before["complete"]) == (1, 0)
    assert (after["asked"], after["complete"]) == (1, 1)
    listed = (await course.coordinator.get(address)).json()["items"]
    assert [one["state"] for one in listed] == ["complete"]
    assert "details" not in listed[0]
    assert (await course.points["TN"].get(address)).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"passport.expires_on": "2018-06-25"}, "passport.expires_on", "expires-before-the-end"),
        ({"travel.arrives_on": "2018-06-25"}, "travel.arrives_on", "after-the-start"),
        ({"travel.leaves_on": "2018-06-26"}, "travel.leaves_on", "before-the-end"),
        ({"visa_letter.needed": "yes"}, "visa_letter.born_on", "missing"),
        ({"passport.number": "?"}, "passport.number", "string-pattern-mismatch"),
        ({"diet.kind": "anything else"}, "diet.kind", "literal-error"),
    ],
)
async def test_what_does_not_fit_is_named_and_nothing_is_kept(
    registration: Registration, wrong: dict[str, str], path: str, code: str
) -> None:
    _, link, _ = await a_confirmed_seat(registration)
    visitor = registration.client()

    answer = await visitor.post(link, data={**FORM, **wrong})
    page = await visitor.post(f"{link}?lang=en", data={**FORM, **wrong}, headers=HTML)

    assert answer.status_code == 422
    assert (path, code) in {(one["path"], one["code"]) for one in answer.json()["errors"]}
    assert f'id="{path}-wrong"' in page.text
    assert 'value="Aqaba"' in page.text
    assert await registration.rows(follow_up_answer) == []


async def test_a_reminder_comes_to_who_has_not_filled_it_in(registration: Registration) -> None:
    await a_confirmed_seat(registration)
    await registration.said()

    await registration.moves_to(ANSWER_BY - timedelta(days=3))
    await registration.does_jobs()

    (reminded,) = await registration.said(FollowUpReminded)
    page = await registration.client().get(path_of(reminded), headers=HTML)
    assert page.status_code == 200


async def test_who_has_filled_it_in_is_not_reminded(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)

    await registration.moves_to(ANSWER_BY - timedelta(days=3))
    await registration.does_jobs()

    assert await registration.said(FollowUpReminded) == []


async def test_the_link_ends_with_the_day(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.moves_to(ANSWER_BY + timedelta(seconds=1))

    answer = await registration.client().post(path, data=FORM)
    foreign = await registration.client().get("/follow-up/short")

    assert (answer.status_code, foreign.status_code) == (410, 404)


async def test_a_seat_given_back_leaves_no_details(registration: Registration) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    closed = await registration.client().post(path, data=FORM)

    assert await registration.rows(follow_up_answer) == []
    assert (closed.status_code, closed.json()["code"]) == (409, "follow-up-is-closed")


async def test_an_erased_officer_leaves_no_details(registration: Registration) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    assert len(await registration.rows(follow_up_answer)) == 1

    await course.admin.post(f"/persons/{nominated['person_id']}/erasure")

    assert await registration.rows(follow_up_answer) == []


async def test_details_are_deleted_six_weeks_after_the_end(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    end = datetime(2018, 6, 28, 20, 59, tzinfo=UTC)

    await registration.moves_to(end + timedelta(weeks=6, seconds=-1))
    await registration.does_jobs()
    before = await registration.rows(follow_up_answer)
    await registration.moves_to(end + timedelta(weeks=6))
    await registration.does_jobs()

    assert len(before) == 1
    assert await registration.rows(follow_up_answer) == []
    assert [row["state"] for row in await registration.rows(follow_up)] == ["complete"]


async def test_an_activity_put_off_keeps_the_details_longer(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    later = {"starts_on": date(2018, 9, 2), "ends_on": date(2018, 9, 6)}
    await registration.hears(the_activity(**later))

    await registration.moves_to(datetime(2018, 8, 10, tzinfo=UTC))
    await registration.does_jobs()
    kept = await registration.rows(follow_up_answer)
    await registration.moves_to(datetime(2018, 10, 19, tzinfo=UTC))
    await registration.does_jobs()

    assert len(kept) == 1
    assert await registration.rows(follow_up_answer) == []


async def test_the_focal_point_fills_in_where_contact_goes_through_it(
    registration: Registration,
) -> None:
    course, nominated = await through_the_focal_point(registration)
    (asked,) = await registration.said(FollowUpAsked)
    address = f"/nominations/{nominated['id']}/follow-up"
    body = {"passport": DETAILS["passport"]}

    async def put(who: httpx.AsyncClient, version: str) -> httpx.Response:
        return await who.put(address, json=body, headers={"If-Match": version})

    foreign = await put(course.points["TN"], '"1"')
    stale = await put(course.points["JO"], '"7"')
    filled = await put(course.points["JO"], '"1"')

    assert asked.officer_reference == "JO-001"
    assert [one.status_code for one in (foreign, stale, filled)] == [404, 412, 200]
    shown = await course.points["JO"].get(address)
    assert shown.json()["details"]["passport"]["number"] == NUMBER


async def test_the_focal_point_does_not_fill_in_for_who_is_written_to(
    registration: Registration,
) -> None:
    course, _, nominated = await a_confirmed_seat(registration)

    answer = await course.points["JO"].put(
        f"/nominations/{nominated['id']}/follow-up", json=DETAILS, headers={"If-Match": '"1"'}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "answer-is-the-officers")
    assert [row["status"] for row in await registration.rows(nomination)] == ["confirmed"]


async def test_auditors_read_no_details(registration: Registration) -> None:
    _, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)

    shown = await registration.client("auditor").get(f"/nominations/{nominated['id']}/follow-up")

    assert (shown.json()["state"], shown.json()["details"]) == ("complete", None)
