"""Attendance per session, and what an activity comes to in the end."""

from services.scheduling.tables import attendance, certificate, enrolment
from shared.contracts.scheduling import (
    ActivityDescribed,
    AttendanceRecorded,
    CertificateIssued,
    CertificateRevoked,
    EnrolmentCompleted,
    EnrolmentFailed,
)
from shared.tables import job
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import PROJECT, Course, a_course, amman


async def a_course_held(scheduling: Scheduling, *, days: int = 2) -> Course:
    """Two officers, some days, everything over, nothing marked."""
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    for day in range(24, 24 + days):
        await course.schedules(day)
    await scheduling.moves_to(amman(28, 18))
    await scheduling.said()
    return course


async def test_attendance_is_taken_from_the_start_of_the_session(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(24, 8))

    early = await course.marks(session, amal="present")
    await scheduling.moves_to(amman(24, 9))
    in_time = await course.marks(session, amal="present")

    assert (early.status_code, early.json()["code"]) == (409, "session-has-not-started")
    assert in_time.status_code == 200
    assert in_time.json()["marked"] == 1


async def test_the_same_marks_again_change_nothing_and_a_correction_is_told(
    scheduling: Scheduling,
) -> None:
    course = await a_course_held(scheduling)
    session = course.sessions[0]

    await course.marks(session, amal="present", basma="absent")
    first = await scheduling.said(AttendanceRecorded)
    await course.marks(session, amal="present", basma="absent")
    second = await scheduling.said()
    await course.marks(session, basma="excused")
    third = await scheduling.said(AttendanceRecorded)

    assert [event.status for event in first] == ["present", "absent"]
    assert second == []
    assert [(event.person_id, event.status) for event in third] == [(an_id("basma"), "excused")]
    assert third[0].attendance_id == first[1].attendance_id
    assert third[0].held_on.isoformat() == "2018-06-24"
    assert len(await scheduling.rows(attendance)) == 2


async def test_only_who_is_enrolled_has_attendance(scheduling: Scheduling) -> None:
    course = await a_course_held(scheduling)

    answer = await course.marks(course.sessions[0], amal="present", stranger="present")

    assert (answer.status_code, answer.json()["code"]) == (409, "officer-is-not-enrolled")
    assert [one["path"] for one in answer.json()["errors"]] == ["records.1.person_id"]
    assert await scheduling.rows(attendance) == []


async def test_an_activity_is_closed_after_its_last_session_only(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(28)
    await scheduling.moves_to(amman(28, 14))

    answer = await course.closes()

    assert (answer.status_code, answer.json()["code"]) == (409, "activity-is-not-over")


async def test_missing_attendance_is_named_by_session(scheduling: Scheduling) -> None:
    course = await a_course_held(scheduling)
    await course.marks(course.sessions[0], amal="present", basma="late")
    await course.marks(course.sessions[1], amal="present")

    answer = await course.closes()

    assert (answer.status_code, answer.json()["code"]) == (409, "attendance-is-missing")
    (fault,) = answer.json()["errors"]
    assert (fault["path"], fault["message"]) == ("session 2", "Officers without a mark: 1.")


async def test_closing_settles_every_officer_and_issues_one_certificate(
    scheduling: Scheduling,
) -> None:
    course = await a_course_held(scheduling)
    for session in course.sessions:
        await course.marks(session, amal="present", basma="excused")
    await scheduling.said()

    closed = await course.closes()
    again = await course.closes()
    await scheduling.does_jobs()
    settled = await scheduling.said()

    assert closed.status_code == 200
    assert (again.status_code, again.json()["code"]) == (409, "activity-is-closed")
    assert [type(event) for event in settled] == [
        EnrolmentCompleted,
        EnrolmentFailed,
        ActivityDescribed,
        CertificateIssued,
    ]
    assert settled[0].days_attended == 2
    assert settled[2].state == "closed"
    assert settled[3].recipient_id == an_id("amal")
    statuses = {row["person_id"]: row["status"] for row in await scheduling.rows(enrolment)}
    assert statuses == {an_id("amal"): "completed", an_id("basma"): "failed"}


async def test_a_certificate_typeset_twice_is_issued_once(scheduling: Scheduling) -> None:
    course = await a_course_held(scheduling)
    for session in course.sessions:
        await course.marks(session, amal="present", basma="absent")
    await course.closes()
    await scheduling.does_jobs()
    await scheduling.said()
    async with scheduling.database.writing() as connection:
        await connection.execute(job.update().values(state="waiting"))

    again = await scheduling.does_jobs()

    assert again == 1
    assert await scheduling.said() == []
    assert len(await scheduling.rows(certificate)) == 1


async def test_nobody_completes_without_a_body_that_says_so(scheduling: Scheduling) -> None:
    course = await a_course_held(scheduling, days=1)
    await course.marks(course.sessions[0], amal="present", basma="absent")
    async with course.coordinator() as client:
        without = {key: value for key, value in PROJECT.items() if key != "issuing_body"}
        path = f"/projects/{course.project_id}"
        changed = await client.put(path, json=without, headers={"If-Match": '"1"'})

    answer = await course.closes()

    assert changed.status_code == 200, changed.text
    assert (answer.status_code, answer.json()["code"]) == (409, "issuing-body-is-missing")


async def test_a_cancelled_session_is_not_counted(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    held, cancelled = await course.schedules(24), await course.schedules(25)
    await course.changes(cancelled, state="cancelled")
    await scheduling.moves_to(amman(28, 18))

    await course.marks(held, amal="present")
    refused = await course.marks(cancelled, amal="present")
    closed = await course.closes()

    assert (refused.status_code, refused.json()["code"]) == (409, "session-is-cancelled")
    assert closed.status_code == 200
    (completed,) = await scheduling.said(EnrolmentCompleted)
    assert (completed.sessions_held, completed.sessions_attended) == (1, 1)


async def test_a_closed_activity_stands_as_it_is(scheduling: Scheduling) -> None:
    course = await a_course_held(scheduling, days=1)
    await course.marks(course.sessions[0], amal="present", basma="absent")
    await course.closes()

    marked = await course.marks(course.sessions[0], basma="present")
    changed = await course.changes(course.sessions[0], room="Hall B")

    for answer in (marked, changed):
        assert (answer.status_code, answer.json()["code"]) == (409, "activity-is-closed")


async def test_a_certificate_is_revoked_once(scheduling: Scheduling) -> None:
    course = await a_course_held(scheduling, days=1)
    await course.marks(course.sessions[0], amal="present", basma="absent")
    await course.closes()
    await scheduling.does_jobs()
    await scheduling.said()
    (issued,) = await scheduling.rows(certificate)

    async with course.coordinator() as client:
        path = f"/certificates/{issued['id']}/revocation"
        answers = [await client.post(path), await client.post(path)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [type(event) for event in await scheduling.said()] == [CertificateRevoked]
