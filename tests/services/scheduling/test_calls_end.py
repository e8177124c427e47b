"""A call that ends without its activity, which is cancelled with its sessions and its places."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from uuid import UUID

import pytest

from services.scheduling.tables import activity, enrolment, session
from shared.contracts import Event
from shared.contracts.event import Planned
from shared.contracts.registration import (
    CallEnded,
    CallStated,
    NominationNotSelected,
    PersonErased,
)
from shared.contracts.scheduling import (
    ActivityDescribed,
    CancellationAnnounced,
    EnrolmentCancelled,
    JoiningInstructionsIssued,
    SessionChanged,
)
from shared.tables import deferred
from tests.services.scheduling.building import START, Scheduling, an_id
from tests.services.scheduling.course import ACTIVITY, Course, a_course, an_officer


def ended(course: Course, **other: object) -> CallEnded:
    """The call of the course leads to nothing."""
    told: dict[str, object] = {
        "call_id": an_id("call"),
        "activity_id": course.activity_id,
        "project_id": course.project_id,
        "reference": "AMM-2018-01",
        "seats": 25,
        "parties": ("JO",),
        "quotas": (),
        "deadline": Planned(local=START.replace(tzinfo=None), zone="UTC", instant=START),
        "minimum_seats": 15,
        "ended_at": START,
    }
    return CallEnded.model_validate({**told, **other})


async def test_its_activity_is_cancelled_once(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await scheduling.said()

    await scheduling.hears(ended(course))
    await scheduling.hears(ended(course))

    (row,) = await scheduling.rows(activity)
    said = await scheduling.said()
    assert (row["state"], row["version"]) == ("cancelled", 2)
    assert [(type(one), one.state) for one in said] == [(ActivityDescribed, "cancelled")]


async def test_who_had_a_place_has_none_any_more(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    await scheduling.said()

    await scheduling.hears(ended(course))
    await scheduling.hears(
        course.nomination("amal", NominationNotSelected, status="not_selected"),
    )

    (place,) = await scheduling.rows(enrolment)
    assert place["status"] == "cancelled"
    assert EnrolmentCancelled in [type(one) for one in await scheduling.said()]


async def test_its_sessions_are_called_off_and_their_rooms_free(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    for day in (24, 25):
        await course.schedules(day)
    path = f"/projects/{course.project_id}/activities"
    async with scheduling.client("admin") as admin:
        planned = await admin.post(path, json={**ACTIVITY, "reference": "AMM-2018-02"})
    beside = replace(course, activity_id=UUID(planned.json()["id"]))
    await scheduling.said()

    await scheduling.hears(ended(course))

    called_off = [one for one in await scheduling.said() if isinstance(one, SessionChanged)]
    assert [(one.number, one.state) for one in called_off] == [(1, "cancelled"), (2, "cancelled")]
    await beside.schedules(24)
    states = [(row["number"], row["state"]) for row in await scheduling.rows(session)]
    assert sorted(states) == [(1, "cancelled"), (1, "scheduled"), (2, "cancelled")]


async def test_who_was_to_teach_is_told_once_and_not_who_is_told_by_others(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    both = [str(an_id(name)) for name in ("instructor", "other-instructor")]
    await course.schedules(24, instructor_ids=both)
    await course.schedules(25)
    await course.enrols("amal", "other-instructor")
    await scheduling.said()

    await scheduling.hears(ended(course))
    await scheduling.hears(ended(course))

    (told,) = [one for one in await scheduling.said() if isinstance(one, CancellationAnnounced)]
    assert (told.person_id, told.reference) == (an_id("instructor"), "AMM-2018-01")
    assert told.link.endswith(f"/scheduling/activities/{course.activity_id}/page")


async def test_who_was_erased_is_not_told(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await scheduling.hears(PersonErased(person_id=an_id("instructor")))
    await scheduling.said()

    await scheduling.hears(ended(course))

    assert CancellationAnnounced not in [type(one) for one in await scheduling.said()]


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_whatever_comes_first_nobody_keeps_a_place_or_is_told_how_to_join_what_is_cancelled(
    scheduling: Scheduling, order: Sequence[int]
) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.enrols("basma")
    await course.instructs()
    await scheduling.hears(an_officer("amal"))
    await scheduling.said()
    facts: list[tuple[Event, int]] = [
        (ended(course), 7),
        (course.nomination("amal"), 2),
        (course.nomination("amal", NominationNotSelected, status="not_selected"), 3),
    ]

    for place in order:
        event, sequence = facts[place]
        await scheduling.hears(event, sequence=sequence)

    assert [row["status"] for row in await scheduling.rows(enrolment)] == ["cancelled"] * 2
    said = await scheduling.said()
    cancelled = [one.person_id for one in said if isinstance(one, EnrolmentCancelled)]
    assert sorted(cancelled) == sorted([an_id("amal"), an_id("basma")])
    instructed = [one for one in said if isinstance(one, JoiningInstructionsIssued)]
    assert not instructed or order.index(1) < order.index(0)


async def test_a_seat_confirmed_while_the_call_ended_is_no_place(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    await scheduling.hears(an_officer("amal"), ended(course), course.nomination("amal"))

    (place,) = await scheduling.rows(enrolment)
    assert place["status"] == "cancelled"


async def test_an_end_that_was_missed_is_seen_when_the_call_is_stated_and_nobody_is_told(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.enrols("amal")
    await scheduling.said()
    stated = CallStated(**dict(ended(course)))

    await scheduling.hears(CallStated(**{**dict(stated), "ended_at": None}))
    nothing = await scheduling.said()
    await scheduling.hears(stated, stated)

    assert nothing == []
    assert [type(one) for one in await scheduling.said()] == [
        ActivityDescribed,
        SessionChanged,
        EnrolmentCancelled,
    ]


async def test_an_activity_not_known_yet_is_waited_for(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    await scheduling.hears(ended(course, activity_id=an_id("unknown")))

    (row,) = await scheduling.rows(activity)
    assert row["state"] == "planned"
    assert len(await scheduling.rows(deferred)) == 1
