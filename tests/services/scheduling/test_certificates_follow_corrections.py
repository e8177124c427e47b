"""Certificates are issued, revoked and replaced as a correction of attendance says."""

from services.scheduling.tables import certificate
from shared.contracts.scheduling import (
    AttendanceRecorded,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevocationAnnounced,
    CertificateRevoked,
    EnrolmentCompleted,
    EnrolmentFailed,
)
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.corrected import a_closed_course, status_of
from tests.services.scheduling.course import a_course, amman


async def test_who_was_there_after_all_completes_and_is_thanked(scheduling: Scheduling) -> None:
    course = await a_closed_course(scheduling)

    answer = await course.corrects(course.sessions[1], basma="present")
    await scheduling.does_jobs()

    assert answer.status_code == 200, answer.text
    marked, completed, issued = await scheduling.said()
    assert isinstance(marked, AttendanceRecorded)
    assert isinstance(completed, EnrolmentCompleted)
    assert isinstance(issued, CertificateIssued)
    assert (completed.sessions_attended, completed.days_attended) == (2, 2)
    assert issued.recipient_id == an_id("basma")


async def test_who_was_not_there_after_all_loses_the_certificate_and_is_told(
    scheduling: Scheduling,
) -> None:
    course = await a_closed_course(scheduling)

    await course.corrects(course.sessions[0], amal="absent")
    await scheduling.does_jobs()

    said = await scheduling.said()
    assert [type(event) for event in said] == [
        AttendanceRecorded,
        EnrolmentFailed,
        CertificateRevoked,
        CertificateRevocationAnnounced,
    ]
    assert said[3].recipient_id == an_id("amal")
    assert await status_of(scheduling, "amal") == "failed"
    async with scheduling.client() as client:
        page = await client.get(said[3].link.partition("/scheduling")[2])
    assert page.status_code == 410


async def test_who_completes_again_gets_another_certificate_and_is_not_thanked_again(
    scheduling: Scheduling,
) -> None:
    course = await a_closed_course(scheduling)
    (first,) = await scheduling.rows(certificate)

    for status in ("absent", "present"):
        await course.corrects(course.sessions[0], amal=status)
        await scheduling.does_jobs()

    said = await scheduling.said(CertificateIssued, CertificateReplaced)
    assert [type(event) for event in said] == [CertificateReplaced]
    assert said[0].replaces == first["id"]
    standing = {
        row["issue"]: row["revoked_at"] is None for row in await scheduling.rows(certificate)
    }
    assert standing == {1: False, 2: True}
    async with course.coordinator() as client:
        shown = (await client.get(f"/activities/{course.activity_id}/enrolments")).json()["items"]
    assert [one["certificate_id"] for one in shown] == [str(said[0].certificate_id), None]
    assert len(shown) == 2


async def test_a_completion_that_stays_one_brings_no_second_certificate(
    scheduling: Scheduling,
) -> None:
    course = await a_closed_course(scheduling)

    await course.corrects(course.sessions[0], amal="late")
    jobs = await scheduling.does_jobs()

    assert [type(event) for event in await scheduling.said()] == [AttendanceRecorded]
    assert jobs == 0
    assert len(await scheduling.rows(certificate)) == 1


async def test_a_correction_before_the_paper_is_made_leaves_nothing_to_revoke(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, amal="present")
    await course.closes()

    await course.corrects(session, amal="absent")
    await scheduling.does_jobs()

    assert await scheduling.rows(certificate) == []
    assert await scheduling.said(CertificateIssued, CertificateRevoked) == []


async def test_two_corrections_before_any_paper_end_in_one_certificate(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, amal="present")
    await course.closes()

    for status in ("absent", "present"):
        await course.corrects(session, amal=status)
    await scheduling.does_jobs()

    (issued,) = await scheduling.rows(certificate)
    assert (issued["issue"], issued["revoked_at"]) == (2, None)
    assert len(await scheduling.said(CertificateIssued)) == 1


async def test_the_page_of_a_revoked_certificate_says_so_in_the_officers_language(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", language="fr")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, amal="present")
    await course.closes()
    await scheduling.does_jobs()
    await course.corrects(session, amal="absent")
    await scheduling.does_jobs()
    (told,) = await scheduling.said(CertificateRevocationAnnounced)
    path = told.link.partition("/scheduling")[2]

    async with scheduling.client() as client:
        page = await client.get(path)
        paper = await client.get(f"{path}/pdf")

    assert (page.status_code, paper.status_code) == (410, 410)
    assert "Ce certificat a été révoqué" in page.text
    assert "/pdf" not in page.text
