"""Other systems tell of attendance and completion; whom nobody has matched waits for a person."""

from typing import Any

import pytest

from services.scheduling.tables import attendance, certificate, enrolment
from shared.contracts.ingress import (
    IngressAnswer,
    IngressEventAccepted,
    IngressEventHeld,
    IngressEventRefused,
)
from shared.contracts.registration import PersonErased
from shared.contracts.scheduling import AttendanceRecorded, EnrolmentCompleted, EnrolmentFailed
from shared.tables import deferred
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import a_course, amman
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_held_session,
    a_system,
    called,
    completed,
    mark,
    sends,
    tries,
)


async def test_a_mark_is_written_down_once(scheduling: Scheduling) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    [first] = await sends(scheduling, mark())
    [second] = await sends(scheduling, mark())

    [row] = await scheduling.rows(attendance)
    assert (row["person_id"], row["status"]) == (an_id("layla"), "present")
    assert (first.repeated, second.repeated) == (False, True)
    assert first.id == second.id == row["id"]


async def test_an_officer_nobody_has_matched_waits_for_a_person(scheduling: Scheduling) -> None:
    await a_held_session(scheduling)

    [held] = await sends(scheduling, mark())
    [held_again] = await sends(scheduling, mark())
    await tries(scheduling)

    [letter] = await scheduling.rows(deferred)
    assert isinstance(held, IngressEventHeld)
    assert ("not-known", "data.officer") in [(one.code, one.field) for one in held.faults]
    assert held == held_again
    assert (letter["state"], letter["attempt"]) == ("held", 1)
    assert await scheduling.rows(attendance) == []


async def test_what_was_held_takes_effect_once_somebody_says_who_is_meant(
    scheduling: Scheduling,
) -> None:
    await a_held_session(scheduling)
    await sends(scheduling, mark())

    await scheduling.hears(called("EMP-2", an_id("samir")))
    await tries(scheduling)
    still = await scheduling.said(IngressAnswer)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await tries(scheduling)
    answers = await scheduling.said(IngressAnswer)

    assert still == []
    assert [type(one) for one in answers] == [IngressEventAccepted]
    assert [row["person_id"] for row in await scheduling.rows(attendance)] == [an_id("layla")]
    assert await scheduling.rows(deferred) == []


async def test_what_is_held_of_an_officer_goes_when_they_are_erased(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    await scheduling.hears(called("EMP-1", an_id("layla")), called("EMP-2", an_id("samir")))
    for number, officer in enumerate(("EMP-1", "EMP-2")):
        await sends(scheduling, mark(number, officer=officer, activity="NO-SUCH"))
    await scheduling.said()

    await scheduling.hears(PersonErased(person_id=an_id("layla")))
    [told] = await scheduling.said(IngressAnswer)
    [again] = await sends(scheduling, mark(0, officer="EMP-1", activity="NO-SUCH"))

    [letter] = await scheduling.rows(deferred)
    assert b"EMP-2" in letter["body"]
    assert (told.subject, told.person_id) == ("a-0", None)
    assert told.faults[0].code == again.faults[0].code == "officer-is-forgotten"


async def test_what_is_held_goes_too_when_its_alias_comes_after_the_erasure(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    await sends(scheduling, mark())
    await scheduling.hears(PersonErased(person_id=an_id("layla")))
    waiting = await scheduling.rows(deferred)
    await scheduling.said()

    await scheduling.hears(called("EMP-1", an_id("layla")))
    [told] = await scheduling.said(IngressAnswer)

    assert len(waiting) == 1
    assert await scheduling.rows(deferred) == []
    assert told.faults[0].code == "officer-is-forgotten"


async def test_an_activity_may_be_meant_by_a_name_of_the_senders(scheduling: Scheduling) -> None:
    course, _ = await a_held_session(scheduling)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.said()

    [held] = await sends(scheduling, mark(activity="OUR-COURSE"))
    await scheduling.hears(called("OUR-COURSE", course.activity_id, kind="activity"))
    await tries(scheduling)

    assert [one.field for one in held.faults] == [None, "data.activity"]
    assert len(await scheduling.rows(attendance)) == 1


async def test_a_person_may_throw_away_what_is_held_and_the_sender_is_told(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    await sends(scheduling, mark())
    [letter] = await scheduling.rows(deferred)

    async with scheduling.client("admin") as admin:
        shown = (await admin.get(f"/deadletters/{letter['id']}")).json()
        answer = await admin.post(f"/deadletters/{letter['id']}/discard")
    [refused] = await scheduling.said(IngressAnswer)
    [again] = await sends(scheduling, mark())

    assert (shown["state"], shown["source"]) == ("held", "outsider:jo-hr")
    assert shown["body"]["data"]["officer"] == "EMP-1"
    assert answer.status_code == 204
    assert refused.faults[0].code == again.faults[0].code == "was-discarded"
    assert await scheduling.rows(deferred) == []


async def test_another_partys_officer_is_refused_or_waits(scheduling: Scheduling) -> None:
    await a_held_session(scheduling)
    await scheduling.hears(called("EMP-1", an_id("karim"), party="MA"))
    await scheduling.said()

    [by_alias] = await sends(scheduling, mark())
    [by_party] = await sends(scheduling, mark(2, party="MA"))
    await scheduling.hears(a_system("ma-hr", parties=("MA",)))
    await scheduling.said()
    [by_name] = await sends(scheduling, mark(3, party="MA"), code="ma-hr")

    assert by_alias.faults[0].code == "officer-is-not-enrolled"
    assert by_party.faults[0].code == "party-is-not-yours"
    assert isinstance(by_name, IngressEventHeld)
    assert await scheduling.rows(attendance) == []


@pytest.mark.parametrize(
    ("data", "hour", "code"),
    [
        ({"session": 9}, 12, "session-is-not-planned"),
        ({}, 5, "session-has-not-started"),
    ],
)
async def test_the_rules_are_those_of_an_instructors_record(
    scheduling: Scheduling, data: dict[str, Any], hour: int, code: str
) -> None:
    course = await a_course_with_a_system(scheduling)
    await course.schedules(24)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(24, hour))
    await scheduling.said()

    [answer] = await sends(scheduling, mark(**data))

    assert isinstance(answer, IngressEventRefused)
    assert answer.faults[0].code == code


async def test_a_claim_of_a_sender_not_known_here_yet_waits_for_it(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("layla")
    await course.schedules(24)
    await scheduling.moves_to(amman(25))
    await scheduling.said()

    none = await sends(scheduling, mark())
    await scheduling.hears(called("EMP-1", an_id("layla")), a_system())
    await tries(scheduling)

    assert none == []
    assert len(await scheduling.rows(attendance)) == 1


async def test_a_completion_elsewhere_is_settled_and_leads_to_a_certificate(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling, delivery="online_self_paced")
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(28))
    await scheduling.said()

    answers = [await sends(scheduling, completed()) for _ in range(2)]
    scheduling.read = 0
    told = await scheduling.said(EnrolmentCompleted)
    await scheduling.does_jobs()

    assert [one.repeated for [one] in answers] == [False, True]
    assert [one.person_id for one in told] == [an_id("layla")]
    assert [row["person_id"] for row in await scheduling.rows(certificate)] == [an_id("layla")]


async def test_a_completion_may_be_taken_back_and_its_certificate_with_it(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling, delivery="online_self_paced")
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(28))
    await sends(scheduling, completed())
    await scheduling.does_jobs()

    await sends(scheduling, {**completed(outcome="not_completed"), "id": "c-2"})
    scheduling.read = 0
    told = await scheduling.said(EnrolmentFailed)
    await scheduling.does_jobs()

    assert len(told) == 1
    [paper] = await scheduling.rows(certificate)
    assert paper["revoked_at"] is not None


async def test_where_sessions_are_held_here_attendance_decides(scheduling: Scheduling) -> None:
    course = await a_course_with_a_system(scheduling)
    await course.schedules(24)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(28))
    await scheduling.said()

    [answer] = await sends(scheduling, completed())

    assert answer.faults[0].code == "attendance-decides"
    assert {row["status"] for row in await scheduling.rows(enrolment)} == {"enrolled"}


@pytest.mark.parametrize("day", ["2018-06-23", "2018-06-29"])
async def test_a_completion_lies_between_the_first_day_and_today(
    scheduling: Scheduling, day: str
) -> None:
    await a_course_with_a_system(scheduling)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(28))
    await scheduling.said()

    [answer] = await sends(scheduling, completed(on=day))

    assert answer.faults[0].code == "day-is-not-possible"


async def test_a_mark_is_told_to_the_other_services_as_any_other(scheduling: Scheduling) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    await sends(scheduling, mark())
    scheduling.read = 0
    [told] = await scheduling.said(AttendanceRecorded)

    assert (told.party, told.status) == ("JO", "present")
