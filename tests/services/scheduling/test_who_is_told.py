"""Joining instructions and changes: who is written to, once, with what."""

from services.scheduling.tables import enrolment
from shared.contracts.registration import NominationWithdrawn
from shared.contracts.scheduling import (
    JoiningInstructionsIssued,
    SessionChangeAnnounced,
    SessionChanged,
)
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import a_course, amman, an_officer


async def test_instructions_go_to_each_officer_once(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.enrols("amal", "basma")

    first = await course.instructs()
    second = await course.instructs()

    said = await scheduling.said(JoiningInstructionsIssued)
    assert (first.status_code, second.status_code) == (202, 202)
    assert {event.recipient_id for event in said} == {an_id("amal"), an_id("basma")}
    assert len(said) == 2
    assert all(event.officer_reference is None for event in said)
    assert all(row["instructions_issued_at"] for row in await scheduling.rows(enrolment))


async def test_where_the_state_allows_no_contact_the_focal_point_is_told(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.enrols("amal", contact_directly=False)

    await course.instructs()

    (told,) = await scheduling.said(JoiningInstructionsIssued)
    assert told.recipient_id == an_id("focal-JO")
    assert told.officer_reference == "AMM-2018-01/JO/1"
    assert told.person_id == an_id("amal")


async def test_nothing_of_a_closed_activity_goes_to_the_officer(scheduling: Scheduling) -> None:
    course = await a_course(scheduling, visibility="closed")
    await course.schedules(24)
    await course.enrols("amal")

    await course.instructs()

    (told,) = await scheduling.said(JoiningInstructionsIssued)
    assert told.recipient_id == an_id("focal-JO")


async def test_instructions_wait_until_every_officer_is_known(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await scheduling.hears(course.nomination("amal"))

    early = await course.instructs()
    await scheduling.hears(an_officer("amal"))
    later = await course.instructs()

    assert (early.status_code, early.json()["code"]) == (409, "not-known-yet")
    assert early.headers["retry-after"] == "1"
    assert later.status_code == 202


async def test_there_is_nothing_to_join_without_a_session(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    answer = await course.instructs()

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-is-planned")


async def test_a_changed_room_is_told_to_who_is_enrolled(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(25)
    await course.enrols("amal", "basma")
    withdrawn = course.nomination("basma", NominationWithdrawn, status="withdrawn")
    await course.instructs()
    await scheduling.hears(withdrawn)
    await scheduling.said()

    answer = await course.changes(session, room="Hall B")

    said = await scheduling.said()
    assert answer.json()["room"] == "Hall B"
    assert [type(event) for event in said] == [SessionChanged, SessionChangeAnnounced]
    assert (said[1].recipient_id, said[1].changed) == (an_id("amal"), ("room",))


async def test_a_change_before_the_instructions_is_told_to_nobody(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(25)
    await course.enrols("amal")
    await scheduling.said()

    await course.changes(session, room="Hall B", starts="2018-06-25T10:00:00")

    assert [type(event) for event in await scheduling.said()] == [SessionChanged]


async def test_a_change_of_a_session_that_is_over_is_told_to_nobody(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    await course.enrols("amal")
    await course.instructs()
    await scheduling.moves_to(amman(25))
    await scheduling.said()

    await course.changes(session, room="Hall B")

    assert [type(event) for event in await scheduling.said()] == [SessionChanged]


async def test_a_session_of_a_few_concerns_only_those(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    await course.schedules(24)
    session = await course.schedules(25, participant_ids=[str(an_id("basma"))])
    await course.instructs()
    await scheduling.said()

    changed = await course.changes(
        session, starts="2018-06-25T10:00:00", instructor_ids=[str(an_id("other-instructor"))]
    )

    assert changed.status_code == 200
    (told,) = await scheduling.said(SessionChangeAnnounced)
    assert (told.person_id, told.changed) == (an_id("basma"), ("starts", "instructor"))


async def test_the_same_change_again_changes_nothing(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(25)
    changed = (await course.changes(session, room="Hall B")).json()
    await scheduling.said()

    again = await course.changes(changed, room="Hall B", instructor_ids=session["instructor_ids"])

    assert again.json()["version"] == changed["version"]
    assert await scheduling.said() == []


async def test_what_was_changed_meanwhile_is_not_overwritten(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(25)
    await course.changes(session, room="Hall B")

    answer = await course.changes(session, room="Hall C")

    assert (answer.status_code, answer.json()["code"]) == (412, "version-has-moved")


async def test_a_cancelled_session_is_told_and_frees_its_room(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(25)
    await course.enrols("amal")
    await course.instructs()
    await scheduling.said()

    answer = await course.changes(session, state="cancelled")
    instead = await course.schedules(25, number=7)

    (told,) = await scheduling.said(SessionChangeAnnounced)
    assert answer.json()["state"] == "cancelled"
    assert told.changed == ("state",)
    assert instead["room"] == "Hall A"
