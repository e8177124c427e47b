"""One course from planning to certificates, over HTTP."""

from uuid import UUID

from services.scheduling.tables import certificate, enrolment
from shared.contracts.scheduling import (
    CertificateIssued,
    EnrolmentCompleted,
    EnrolmentFailed,
    JoiningInstructionsIssued,
    OfficerEnrolled,
    SessionChangeAnnounced,
)
from shared.tables import file
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import a_course, amman


async def test_a_course_runs_from_planning_to_certificates(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    await course.enrols("chafik", party="MA", language="ar")
    for day in range(24, 29):
        await course.schedules(day)

    issued = await course.instructs()
    moved = await course.changes(course.sessions[1], room="Hall B")
    await scheduling.moves_to(amman(28, 18))
    for session in course.sessions:
        absent = "absent" if session["number"] > 3 else "present"
        marked = await course.marks(session, amal="present", basma="late", chafik=absent)
        assert marked.status_code == 200, marked.text
    closed = await course.closes()
    jobs = await scheduling.does_jobs()

    assert (issued.status_code, issued.json()) == (202, {"enrolled": 3, "instructed": 3})
    assert moved.status_code == 200
    assert closed.status_code == 200, closed.text
    assert closed.json()["state"] == "closed"
    assert jobs == 2
    said = await scheduling.said()
    for event_type, number in (
        (OfficerEnrolled, 3),
        (JoiningInstructionsIssued, 3),
        (SessionChangeAnnounced, 3),
        (EnrolmentCompleted, 2),
        (EnrolmentFailed, 1),
        (CertificateIssued, 2),
    ):
        assert sum(isinstance(event, event_type) for event in said) == number, event_type
    failed = [event for event in said if isinstance(event, EnrolmentFailed)]
    assert (failed[0].sessions_held, failed[0].sessions_attended) == (5, 3)
    papers = await scheduling.rows(file)
    assert all(paper["content"].startswith(b"%PDF") for paper in papers)
    assert {paper["person_id"] for paper in papers} == {an_id("amal"), an_id("basma")}
    assert len(await scheduling.rows(certificate)) == 2
    assert len(await scheduling.rows(enrolment)) == 3
    assert all(isinstance(row["id"], UUID) for row in papers)
