"""Freed seats: in their order, once, whichever fact comes first; and held where nobody fits."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from services.registration.domain.ordering import lot
from services.registration.domain.quotas import Candidate
from services.registration.tables import held_seat, nomination, offer
from shared.contracts.registration import NominationSelected, SeatFreed, SeatHeld, SeatOffered
from shared.tables import deferred
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import Course, a_course, the_activity
from tests.services.registration.made_once import made_once


@made_once
async def a_selection(registration: Registration, **call: object) -> Course:
    """Two of each party nominated, two seats offered: JO-001 and TN-001."""
    course = await a_course(registration, **call)
    for number in (1, 2):
        await course.nominates("JO", number)
        await course.nominates("TN", number)
    await course.selects()
    return course


async def declines(course: Course, *references: str) -> list[SeatFreed]:
    """Officers decline by their links; what that says."""
    offers = {one.person_id: one for one in await course.registration.said(SeatOffered)}
    rows = await course.registration.rows(nomination)
    visitor = course.registration.client()
    for reference in references:
        row = next(row for row in rows if row["officer_reference"] == reference)
        path = offers[row["person_id"]].link.removeprefix("http://cadre.test/registration")
        await visitor.post(path, data={"answer": "decline"})
    freed: list[SeatFreed] = await course.registration.said(SeatFreed)
    return freed


async def test_the_same_fact_twice_changes_nothing(registration: Registration) -> None:
    course = await a_selection(registration)
    (freed,) = await declines(course, "JO-001")

    await registration.hears(freed)
    before = await registration.rows(offer)
    await registration.said()
    await registration.hears(freed)

    assert await registration.rows(offer) == before
    assert await registration.said() == []
    assert [row["state"] for row in before].count("live") == 2


@pytest.mark.parametrize("order", list(permutations(range(2))))
async def test_facts_in_any_order_end_in_the_same_seats(
    registration: Registration, order: tuple[int, ...]
) -> None:
    course = await a_selection(registration)
    freed = await declines(course, "JO-001", "TN-001")

    for place in order:
        await registration.hears(freed[place], freed[place])

    rows = {row["id"]: row for row in await registration.rows(nomination)}
    live = [row for row in await registration.rows(offer) if row["state"] == "live"]
    by_seat = {row["seat"]: rows[row["nomination_id"]]["officer_reference"] for row in live}
    ended = {row["id"]: row["seat"] for row in await registration.rows(offer)}
    assert sorted(by_seat.values()) == ["JO-002", "TN-002"]
    assert all(row["seat"] == ended[row["replaces_offer_id"]] for row in live)
    first = min(live, key=lambda row: row["seat"])
    lots_first = min(
        (row for row in rows.values() if row["status"] == "selected"),
        key=lambda row: _lot(row["party"], row["officer_reference"]),
    )
    assert first["nomination_id"] == lots_first["id"]


async def test_a_seat_nobody_may_take_is_held_and_given_later(registration: Registration) -> None:
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("JO", 2)
    await course.nominates("TN", 1)
    await course.selects()

    (freed,) = await declines(course, "JO-001")
    await registration.hears(freed, freed)

    held = await registration.said(SeatHeld)
    seats = await course.seats()
    assert len(held) == 1
    assert held[0].offer_id == freed.offer_id
    assert "sex female" in held[0].obstacles[0]
    assert (seats["held"], seats["offered"], seats["waitlisted"]) == (1, 1, 1)
    assert len(await registration.rows(held_seat)) == 1


async def test_a_withdrawn_seat_goes_to_the_next(registration: Registration) -> None:
    course = await a_selection(registration)
    rows = await registration.rows(nomination)
    chosen = next(row for row in rows if row["officer_reference"] == "TN-001")
    waiting = next(row for row in rows if row["officer_reference"] == "JO-002")

    await course.points["JO"].post(f"/nominations/{waiting['id']}/withdrawal")
    await course.points["TN"].post(f"/nominations/{chosen['id']}/withdrawal")
    again = await course.points["TN"].post(f"/nominations/{chosen['id']}/withdrawal")
    await registration.hears_itself()

    assert again.json()["code"] == "nomination-has-moved"
    assert await course.standing() == {
        "JO-001": "selected",
        "JO-002": "withdrawn",
        "TN-001": "withdrawn",
        "TN-002": "selected",
    }


async def test_nobody_is_seated_once_the_activity_has_begun(registration: Registration) -> None:
    course = await a_selection(registration)
    (freed,) = await declines(course, "JO-001")
    await registration.hears(the_activity(state="closed"), sequence=2)

    await registration.hears(freed, freed)

    said = await registration.said(SeatHeld, NominationSelected)
    assert [one.obstacles for one in said] == [("the activity has begun",)]


async def test_an_offer_never_lasts_into_the_activity(registration: Registration) -> None:
    course = await a_selection(registration)
    (freed,) = await declines(course, "JO-001")
    await registration.moves_to(datetime(2018, 6, 21, 9, tzinfo=UTC))

    await registration.hears(freed)

    (offered,) = await registration.said(SeatOffered)
    assert offered.answer_by.local.isoformat() == "2018-06-23T23:59:00"


async def test_nothing_is_taken_back_once_the_activity_has_begun(
    registration: Registration,
) -> None:
    course = await a_selection(registration)
    row = (await registration.rows(nomination))[0]
    await registration.moves_to(datetime(2018, 6, 24, 9, tzinfo=UTC))

    answer = await course.points[row["party"]].post(f"/nominations/{row['id']}/withdrawal")

    assert (answer.status_code, answer.json()["code"]) == (409, "activity-is-over")


async def test_a_call_not_known_here_waits(registration: Registration) -> None:
    freed = SeatFreed(call_id=an_id("call"), offer_id=an_id("offer"), party="JO", reason="declined")

    await registration.hears(freed)

    assert [row["reason"] for row in await registration.rows(deferred)] == ["not-yet-known"]


def _lot(party: str, reference: str) -> str:
    return lot("AMM-2018-01", Candidate(an_id("any"), party, reference, 1, {}))
