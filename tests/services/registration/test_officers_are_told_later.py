"""The focal points know of the outcome first; the officers some hours later, as the call says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.registration.tables import nomination, offer
from shared.contracts.registration import (
    NominationExpired,
    OutcomeAnnounced,
    SeatOffered,
    SeatTakenBack,
)
from shared.tables import job
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    Course,
    a_call,
    a_course,
    an_officer,
    the_activity,
)
from tests.services.registration.made_once import made_once

TWO_DAYS_LATER = AFTER_THE_DEADLINE + timedelta(hours=48)


@made_once
async def a_selection(registration: Registration, **asked: Any) -> Course:
    """Two officers of Jordan have seats, one of Tunisia waits; officers are told in two days."""
    course = await a_course(registration, **{"disclosure_hours": 48, **asked})
    for number in (1, 2, 3):
        await course.nominates("JO" if number < 3 else "TN", number)
    await course.selects()
    return course


async def of(registration: Registration, reference: str) -> str:
    """The address of a nomination."""
    rows = await registration.rows(nomination)
    return f"/nominations/{next(r['id'] for r in rows if r['officer_reference'] == reference)}"


async def test_an_officer_hears_of_the_seat_after_the_focal_point(
    registration: Registration,
) -> None:
    course = await a_selection(registration)
    at_once = await registration.said(OutcomeAnnounced, SeatOffered)
    standing = await course.standing()
    seats = await course.seats()

    await registration.moves_to(TWO_DAYS_LATER - timedelta(seconds=1))
    early = await registration.does_jobs()
    await registration.moves_to(TWO_DAYS_LATER)
    done = await registration.does_jobs()
    again = await registration.does_jobs()

    later = await registration.said(OutcomeAnnounced, SeatOffered)
    assert [type(one) for one in at_once] == [OutcomeAnnounced] * 2
    assert (standing["JO-001"], standing["TN-003"]) == ("selected", "waitlisted")
    assert (seats["offered"], seats["selected"]) == (2, 2)
    assert (early, done, again) == (0, 2, 0)
    assert [type(one) for one in later] == [SeatOffered] * 2
    assert {row["disclosed_at"] for row in await registration.rows(offer)} == {TWO_DAYS_LATER}


async def test_the_time_to_answer_counts_from_when_the_officer_is_told(
    registration: Registration,
) -> None:
    await a_selection(registration)
    known = {row["answer_by"] for row in await registration.rows(offer)}

    await registration.moves_to(TWO_DAYS_LATER + timedelta(days=1))
    await registration.does_jobs()

    offered, _ = await registration.said(SeatOffered)
    planned = [one for one in await registration.rows(job) if one["kind"] == "expire_offer"]
    # Five working days of Jordan (Sunday to Thursday) after Tuesday 15 and Wednesday 16 May.
    assert known == {datetime(2018, 5, 22, 20, 59, tzinfo=UTC)}
    assert offered.answer_by.instant == datetime(2018, 5, 23, 20, 59, tzinfo=UTC)
    assert {one["due_at"] for one in planned} == {offered.answer_by.instant}


async def test_a_seat_given_back_before_is_never_told_of(registration: Registration) -> None:
    course = await a_selection(registration)
    await registration.said()

    await course.points["JO"].post(f"{await of(registration, 'JO-001')}/withdrawal")
    await registration.hears_itself()
    await registration.moves_to(TWO_DAYS_LATER)
    await registration.does_jobs()

    rows = {row["id"]: row["officer_reference"] for row in await registration.rows(nomination)}
    told = [rows[one.nomination_id] for one in await registration.said(SeatOffered)]
    assert sorted(told) == ["JO-002", "TN-003"]


async def test_who_takes_the_place_of_another_is_told_later_too(registration: Registration) -> None:
    course = await a_selection(registration)
    await registration.said()

    answer = await course.points["JO"].post(
        f"{await of(registration, 'JO-001')}/replacement",
        json={"officer": an_officer("JO", 9), "priority": 9},
    )
    at_once = await registration.said(SeatOffered)
    await registration.moves_to(TWO_DAYS_LATER)
    await registration.does_jobs()

    rows = {row["id"]: row["officer_reference"] for row in await registration.rows(nomination)}
    told = [rows[one.nomination_id] for one in await registration.said(SeatOffered)]
    assert answer.status_code == 201, answer.text
    assert at_once == []
    assert sorted(told) == ["JO-002", "JO-009"]


async def test_a_promotion_is_told_after_the_same_time(registration: Registration) -> None:
    course = await a_selection(registration)
    await registration.moves_to(TWO_DAYS_LATER)
    await registration.does_jobs()
    await registration.said()

    await course.points["JO"].post(f"{await of(registration, 'JO-001')}/withdrawal")
    await registration.hears_itself()
    at_once = await registration.said(SeatOffered)
    await registration.moves_to(TWO_DAYS_LATER + timedelta(hours=48))
    await registration.does_jobs()

    assert at_once == []
    assert len(await registration.said(SeatOffered)) == 1


async def test_who_is_written_to_through_the_focal_point_waits_for_nothing(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    await registration.hears(the_activity(visibility="closed"), sequence=2)
    await a_selection_of(course)

    (told,) = await registration.said(SeatOffered)

    assert told.recipient_id != told.person_id
    assert told.officer_reference == "JO-001"


async def test_an_activity_closed_meanwhile_is_told_to_the_focal_point(
    registration: Registration,
) -> None:
    await a_selection(registration)
    await registration.said()
    await registration.hears(the_activity(visibility="closed"), sequence=2)

    await registration.moves_to(TWO_DAYS_LATER)
    await registration.does_jobs()

    told = await registration.said(SeatOffered)
    assert len(told) == 2
    assert all(one.recipient_id != one.person_id for one in told)


async def test_an_activity_cancelled_meanwhile_is_told_to_nobody(
    registration: Registration,
) -> None:
    course = await a_selection(registration)
    await registration.said()
    await registration.hears(the_activity(state="cancelled"), sequence=2)

    await registration.moves_to(TWO_DAYS_LATER)
    await registration.does_jobs()

    told = await registration.said(SeatOffered, NominationExpired)
    assert [type(one) for one in told] == [NominationExpired] * 2
    assert sorted((await course.standing()).values()) == ["expired", "expired", "waitlisted"]


async def test_a_no_go_is_told_to_no_officer_who_knew_of_nothing(
    registration: Registration,
) -> None:
    course = await a_selection(registration, minimum_seats=2)
    await registration.said()

    asked = {"decision": "no_go", "reason": "Too few."}
    answer = await course.coordinator.post(f"/calls/{course.call_id}/viability", json=asked)
    await registration.moves_to(TWO_DAYS_LATER)
    await registration.does_jobs()

    assert answer.status_code == 200, answer.text
    assert await registration.said(SeatOffered, SeatTakenBack) == []


@pytest.mark.parametrize(
    ("starts_on", "at_once"), [("2018-05-16", 0), ("2018-05-15", 2), ("2018-05-14", 2)]
)
async def test_where_there_is_no_time_to_wait_officers_are_told_at_once(
    registration: Registration, starts_on: str, at_once: int
) -> None:
    course = await a_course(registration, seats=0)
    await registration.hears(
        type(the_activity()).model_validate(
            {**dict(the_activity()), "starts_on": starts_on, "ends_on": "2018-05-20"}
        ),
        sequence=2,
    )
    await a_selection_of(course, numbers=(1, 2), disclosure_hours=39)

    assert len(await registration.said(SeatOffered)) == at_once


async def a_selection_of(
    course: Course, numbers: tuple[int, ...] = (1,), disclosure_hours: int = 48
) -> None:
    """Officers of Jordan have seats in a call that tells them in two days."""
    asked = a_call(disclosure_hours=disclosure_hours)
    course.call_id = (await course.coordinator.post("/calls", json=asked)).json()["id"]
    for number in numbers:
        await course.nominates("JO", number)
    answer = await course.selects()
    assert answer.status_code == 200, answer.text
