"""A session for some officers only: whoever it does not concern is neither told of it, nor marked,
nor counted."""

import random

import pytest

from services.scheduling.tables import enrolment, session
from shared.contracts.registration import NominationSubmitted
from shared.contracts.scheduling import (
    EnrolmentCompleted,
    EnrolmentFailed,
    JoiningInstructionsIssued,
    SessionChangeAnnounced,
    SessionScheduled,
)
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import Course, a_course, amman, an_officer


async def a_course_in_groups(scheduling: Scheduling) -> Course:
    """One session for everyone, and one for each of two officers."""
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    await course.schedules(24)
    await course.schedules(25, participant_ids=[str(an_id("amal"))])
    await course.schedules(26, participant_ids=[str(an_id("basma"))])
    await scheduling.said()
    return course


async def test_the_officers_of_a_session_are_planned_and_told_to_the_other_services(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")

    both = [str(an_id("basma")), str(an_id("amal"))]
    shown = await course.schedules(24, participant_ids=[*both, both[0]])

    (said,) = await scheduling.said(SessionScheduled)
    assert shown["participant_ids"] == sorted(both)
    assert set(said.participant_ids) == {an_id("amal"), an_id("basma")}


async def test_a_nominee_may_be_planned_for_before_the_seat_is_confirmed(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    nominee = course.nomination("amal", NominationSubmitted, status="submitted", confirmed=False)
    await scheduling.hears(an_officer("amal"), nominee)

    shown = await course.schedules(24, participant_ids=[str(an_id("amal"))])

    assert shown["participant_ids"] == [str(an_id("amal"))]


async def test_who_was_not_nominated_is_refused_by_name_of_field(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    planned = await course.schedules(24)
    await course.enrols("amal")

    known = await course.changes(
        planned, participant_ids=[str(an_id("amal")), str(an_id("instructor"))]
    )
    unknown = await course.changes(planned, participant_ids=[str(an_id("nobody"))])
    none = await course.changes(planned, participant_ids=[])

    assert (known.status_code, known.json()["code"]) == (409, "participant-is-not-nominated")
    assert [one["path"] for one in known.json()["errors"]] == ["participant_ids.1"]
    assert (unknown.status_code, unknown.json()["code"]) == (409, "not-known-yet")
    assert none.status_code == 422


async def test_each_is_told_of_the_first_session_that_is_theirs(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    await course.schedules(24, participant_ids=[str(an_id("amal"))])
    await course.schedules(25)

    await course.instructs()

    said = await scheduling.said(JoiningInstructionsIssued)
    starts = {event.person_id: event.starts.local.day for event in said}
    assert starts == {an_id("amal"): 24, an_id("basma"): 25}


async def test_who_joins_or_leaves_a_session_is_told_and_nobody_else(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma", "chadia")
    planned = await course.schedules(25, participant_ids=[str(an_id("amal")), str(an_id("chadia"))])
    await course.instructs()
    await scheduling.said()

    await course.changes(
        planned, participant_ids=[str(an_id("basma")), str(an_id("chadia"))], room="Hall B"
    )

    said = await scheduling.said(SessionChangeAnnounced)
    told = {event.person_id: event.changed for event in said}
    assert told == {
        an_id("amal"): ("participants",),
        an_id("basma"): ("participants",),
        an_id("chadia"): ("room",),
    }


async def test_a_session_opened_to_everyone_is_told_to_who_was_not_in_it(
    scheduling: Scheduling,
) -> None:
    course = await a_course_in_groups(scheduling)
    await course.instructs()
    await scheduling.said()

    answer = await course.changes(course.sessions[1], participant_ids=None)

    (told,) = await scheduling.said(SessionChangeAnnounced)
    assert answer.json()["participant_ids"] is None
    assert told.person_id == an_id("basma")


async def test_the_joining_page_shows_an_officers_own_sessions(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    await course.schedules(24, module={"en": "For everyone"})
    await course.schedules(
        25, module={"en": "For Basma alone"}, participant_ids=[str(an_id("basma"))]
    )
    await course.instructs()
    links = {
        event.person_id: event.link.partition("/scheduling")[2]
        for event in await scheduling.said(JoiningInstructionsIssued)
    }

    async with scheduling.client() as client:
        amal = await client.get(links[an_id("amal")])
        basma = await client.get(links[an_id("basma")])
        calendar = await client.get(f"{links[an_id('amal')]}/calendar.ics")

    assert "For everyone" in amal.text
    assert "For Basma alone" not in amal.text
    assert "For Basma alone" in basma.text
    assert calendar.text.count("BEGIN:VEVENT") == 1


async def test_attendance_is_of_those_concerned_and_each_completes_by_their_own_sessions(
    scheduling: Scheduling,
) -> None:
    course = await a_course_in_groups(scheduling)
    everyone, amals, basmas = course.sessions
    await scheduling.moves_to(amman(28, 18))

    stranger = await course.marks(amals, basma="present")
    await course.marks(everyone, amal="present", basma="present")
    await course.marks(amals, amal="present")
    await course.marks(basmas, basma="absent")
    closed = await course.closes()

    assert (stranger.status_code, stranger.json()["code"]) == (409, "officer-is-not-enrolled")
    assert closed.status_code == 200, closed.text
    (completed,) = await scheduling.said(EnrolmentCompleted)
    rows = {row["person_id"]: row for row in await scheduling.rows(enrolment)}
    assert (completed.person_id, completed.sessions_held) == (an_id("amal"), 2)
    assert rows[an_id("basma")]["status"] == "failed"
    assert rows[an_id("basma")]["sessions_held"] == 2


async def test_the_sheet_and_the_page_count_those_concerned(scheduling: Scheduling) -> None:
    course = await a_course_in_groups(scheduling)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(course.sessions[1], amal="present")

    async with course.coordinator() as client:
        sheet = (await client.get(f"/sessions/{course.sessions[1]['id']}/attendance")).json()
        page = await client.get(f"/activities/{course.activity_id}/page?lang=en")

    assert [one["person_id"] for one in sheet["records"]] == [str(an_id("amal"))]
    assert "<bdi>1</bdi> of <bdi>1</bdi> marked" in page.text


async def test_who_has_a_mark_is_not_taken_out_of_the_session(scheduling: Scheduling) -> None:
    course = await a_course_in_groups(scheduling)
    await scheduling.moves_to(amman(24, 10))
    await course.marks(course.sessions[0], amal="present", basma="present")

    refused = await course.changes(course.sessions[0], participant_ids=[str(an_id("amal"))])

    assert (refused.status_code, refused.json()["code"]) == (409, "attendance-is-written-down")
    assert (await scheduling.rows(session))[0]["participant_ids"] is None


async def test_a_focal_point_sees_the_participants_of_their_own_party_only(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    await course.enrols("chafik", party="MA")
    both = [str(an_id("amal")), str(an_id("chafik"))]
    planned = await course.schedules(24, participant_ids=both)

    async with course.focal_point("MA") as client:
        one = (await client.get(f"/sessions/{planned['id']}")).json()
        path = f"/activities/{course.activity_id}/sessions"
        (listed,) = (await client.get(path)).json()["items"]

    assert one["participant_ids"] == listed["participant_ids"] == [str(an_id("chafik"))]


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_order_officers_become_known_in_each_has_their_own_sessions(
    scheduling: Scheduling, seed: int
) -> None:
    course = await a_course_in_groups(scheduling)
    await course.instructs()
    await scheduling.said()
    facts = [
        an_officer("chadia", party="MA"),
        course.nomination("chadia", NominationSubmitted, status="submitted", confirmed=False),
        course.nomination("chadia", party="MA"),
    ]
    letters = [(fact.type, scheduling.encoded(fact)) for fact in facts] * 2
    random.Random(seed).shuffle(letters)

    for event_type, body in letters:
        await scheduling.receives(event_type, body)
        await scheduling.tries_again()

    (told,) = await scheduling.said(JoiningInstructionsIssued)
    assert (told.person_id, told.starts.local.day) == (an_id("chadia"), 24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(course.sessions[0], amal="present", basma="present", chadia="present")
    await course.marks(course.sessions[1], amal="present")
    await course.marks(course.sessions[2], basma="present")
    await course.closes()
    held = {one.person_id: one.sessions_held for one in await scheduling.said(EnrolmentCompleted)}
    assert held == {an_id("amal"): 2, an_id("basma"): 2, an_id("chadia"): 1}
    assert await scheduling.said(EnrolmentFailed) == []
