"""Who is nominated late, where the call takes that, waits behind all who were in time."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.registration.tables import offer
from shared.contracts.registration import (
    NominationSelected,
    NominationSubmitted,
    NominationWaitlisted,
    OutcomeAnnounced,
    SeatFreed,
    SeatOffered,
    SelectionConcluded,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    Course,
    a_call,
    a_course,
    an_officer,
)
from tests.services.registration.made_once import made_once
from tests.services.registration.test_freed_seats_move_the_list_up import declines
from tests.services.registration.test_rosters_are_taken import a_roster, numbered, upload

LAST_DAY = datetime(2018, 6, 23, 20, tzinfo=UTC)
"""23:00 in Amman, on the day before the course."""


async def tries_late(course: Course, party: str, number: int) -> httpx.Response:
    """A focal point puts an officer forward, whatever is answered."""
    return await course.points[party].post(
        f"/calls/{course.call_id}/nominations",
        json={"party": party, "officer": an_officer(party, number), "priority": number},
    )


@made_once
async def a_late_selection(registration: Registration, **call: Any) -> Course:
    """JO-001 and TN-001 have the seats; JO-002, in time, and TN-004, of rank 1 but late, wait."""
    course = await a_course(registration, takes_late=True, **call)
    await course.nominates("JO", 1)
    await course.nominates("TN", 2)
    await course.nominates("JO", 9)
    await registration.moves_to(AFTER_THE_DEADLINE)
    await course.nominates("TN", 4, priority=1)
    await course.selects()
    return course


async def test_a_call_takes_nobody_late_unless_it_says_so(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.moves_to(AFTER_THE_DEADLINE)

    answer = await tries_late(course, "JO", 1)

    assert (answer.status_code, answer.json()["code"]) == (409, "call-is-closed")
    shown = (await course.coordinator.get(f"/calls/{course.call_id}")).json()
    assert (shown["takes_late"], shown["late_until"]) == (False, None)


async def test_late_is_said_in_the_answer_and_is_no_part_of_the_selection(
    registration: Registration,
) -> None:
    course = await a_course(registration, takes_late=True)
    await course.nominates("JO", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)

    late = await course.nominates("TN", 1)
    await registration.said()
    shown = (await course.selects()).json()

    said = await registration.said(SelectionConcluded, OutcomeAnnounced)
    concluded = next(one for one in said if isinstance(one, SelectionConcluded))
    told = {one.party: (one.selected, one.waitlisted) for one in said if one is not concluded}
    assert (late["late"], late["status"]) == (True, "submitted")
    assert await course.standing() == {"JO-001": "selected", "TN-001": "waitlisted"}
    assert (shown["offered"], shown["waitlisted"]) == (1, 1)
    assert (concluded.nominated, concluded.selected, concluded.waitlisted) == (2, 1, 1)
    assert told == {"JO": (1, 0), "TN": (0, 1)}


async def test_who_is_late_comes_after_the_last_who_was_in_time(registration: Registration) -> None:
    course = await a_late_selection(registration)

    freed, *_ = await declines(course, "JO-001", "TN-002")
    await registration.said()
    await registration.hears(freed)

    given = await registration.said(NominationSelected)
    assert [(one.party, one.priority, one.late) for one in given] == [
        ("JO", 9, False),
        ("TN", 1, True),
    ]


async def test_after_the_selection_who_is_late_waits_at_once(registration: Registration) -> None:
    course = await a_late_selection(registration)
    await registration.said()

    late = await course.nominates("JO", 3)

    said = await registration.said(NominationSubmitted, NominationWaitlisted, SeatOffered)
    assert (late["status"], late["late"], late["version"]) == ("waitlisted", True, 2)
    assert [type(one) for one in said] == [NominationSubmitted, NominationWaitlisted]
    assert [one.late for one in said] == [True, True]


async def test_a_seat_that_nobody_may_have_goes_to_the_late_officer_who_may(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1, takes_late=True)
    await course.nominates("JO", 1)
    await course.selects()
    await registration.hears(*await declines(course, "JO-001"))
    held = (await course.seats())["held"]
    await registration.said()

    late = await course.nominates("JO", 5)

    said = await registration.said(NominationWaitlisted, NominationSelected, SeatOffered)
    live = [row for row in await registration.rows(offer) if row["state"] == "live"]
    assert [type(one) for one in said] == [NominationWaitlisted, NominationSelected, SeatOffered]
    assert [str(row["nomination_id"]) for row in live] == [late["id"]]
    assert (held, late["status"], (await course.seats())["held"]) == (1, "selected", 0)


async def test_who_is_late_may_be_put_forward_until_the_activity_begins(
    registration: Registration,
) -> None:
    course = await a_late_selection(registration)
    await registration.moves_to(LAST_DAY)

    in_the_last_hour = await tries_late(course, "JO", 3)
    await registration.moves_to(LAST_DAY.replace(hour=21))
    begun = await tries_late(course, "JO", 4)

    assert in_the_last_hour.status_code == 201
    assert (begun.status_code, begun.json()["code"]) == (409, "call-is-closed")


async def test_a_last_day_ends_it_earlier(registration: Registration) -> None:
    course = await a_late_selection(registration, late_until="2018-06-01")
    await registration.moves_to(datetime(2018, 6, 1, 20, tzinfo=UTC))

    on_the_day = await tries_late(course, "JO", 3)
    await registration.moves_to(datetime(2018, 6, 1, 21, tzinfo=UTC))
    after_it = await tries_late(course, "JO", 4)

    assert (on_the_day.status_code, after_it.status_code) == (201, 409)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ({"takes_late": True, "late_until": "2018-06-24"}, "after-the-start"),
        ({"takes_late": True, "late_until": "2018-05-09"}, "before-the-deadline"),
        ({"late_until": "2018-06-01"}, "takes-no-late"),
    ],
)
async def test_the_last_day_lies_between_deadline_and_activity(
    registration: Registration, call: dict[str, Any], code: str
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.coordinator.post("/calls", json=a_call(**call))

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline-is-not-possible")
    assert [(one["path"], one["code"]) for one in answer.json()["errors"]] == [("late_until", code)]


async def test_a_late_roster_waits_behind_all(registration: Registration) -> None:
    course = await a_late_selection(registration)
    await registration.said()

    _, answer = await upload(course, a_roster(numbered(11), numbered(12)))

    standing = await course.standing()
    assert (answer["nominated"], answer["late"]) == (2, 2)
    assert (standing["R-11"], standing["R-12"]) == ("waitlisted", "waitlisted")
    assert len(await registration.said(NominationWaitlisted)) == 2
    assert len(await registration.said(SeatFreed)) == 0
