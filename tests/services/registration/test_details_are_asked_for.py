"""Who has a seat is asked for details."""

from datetime import timedelta

import httpx
import pytest

from services.registration.tables import follow_up, follow_up_answer, nomination
from shared.contracts.registration import (
    FollowUpAsked,
    FollowUpDescribed,
    FollowUpReminded,
    SeatOffered,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.detailed import (
    ANSWER_BY,
    ASKS,
    DETAILS,
    FORM,
    HTML,
    NUMBER,
    a_confirmed_seat,
    path_of,
    through_the_focal_point,
)


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
