"""The pages that links in mails lead to."""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.registration import NominationWithdrawn, PersonErased
from shared.contracts.scheduling import CertificateIssued, JoiningInstructionsIssued
from tests.services.scheduling.building import ORIGIN, Scheduling, an_id
from tests.services.scheduling.course import Course, a_course, amman


async def an_instructed_course(
    scheduling: Scheduling, *, language: str = "en", **different: Any
) -> tuple[Course, str]:
    """A course, and the path of one officer's joining page."""
    course = await a_course(scheduling, **different)
    await course.enrols("amal", language=language)
    await course.schedules(24)
    await course.instructs()
    (told,) = await scheduling.said(JoiningInstructionsIssued)
    return course, told.link.removeprefix(f"{ORIGIN}/scheduling")


@pytest.mark.parametrize(
    ("language", "asked", "words", "direction"),
    [
        ("ar", "", "الجدول الزمني", 'dir="rtl"'),
        ("fr", "", "Programme", 'dir="ltr"'),
        ("ar", "?lang=es", "Programa", 'dir="ltr"'),
    ],
)
async def test_the_joining_page_speaks_the_officers_language_unless_asked(
    scheduling: Scheduling, language: str, asked: str, words: str, direction: str
) -> None:
    _, path = await an_instructed_course(scheduling, language=language)

    async with scheduling.client() as client:
        page = await client.get(path + asked, headers={"Accept-Language": "en"})

    assert page.status_code == 200
    assert words in page.text
    assert direction in page.text
    assert "AMM-2018-01" in page.text
    assert "Hall A" in page.text
    assert "Amal" not in page.text


@pytest.mark.parametrize(("visibility", "tells"), [("discreet", False), ("open", True)])
async def test_a_calendar_entry_tells_no_more_than_the_visibility_allows(
    scheduling: Scheduling, visibility: str, tells: bool
) -> None:
    _, path = await an_instructed_course(scheduling, visibility=visibility)

    async with scheduling.client() as client:
        answer = await client.get(f"{path}/calendar.ics")

    assert answer.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;TZID=Asia/Amman:20180624T090000" in answer.text
    assert "AMM-2018-01" in answer.text
    assert ("Interview skills" in answer.text) == tells
    assert ("Hall A" in answer.text) == tells


async def test_a_joining_link_is_good_until_a_week_after_the_activity(
    scheduling: Scheduling,
) -> None:
    _, path = await an_instructed_course(scheduling)

    async with scheduling.client() as client:
        await scheduling.moves_to(amman(28, 12) + timedelta(days=7))
        last_day = await client.get(path)
        await scheduling.moves_to(amman(28, 12) + timedelta(days=8))
        after = await client.get(path)
        tampered = await client.get(path[:-3] + "AAA")
        foreign = await client.get(path.replace("/joining/", "/certificate/"))

    assert [answer.status_code for answer in (last_day, after, tampered, foreign)] == [
        200,
        410,
        404,
        404,
    ]
    assert after.json()["code"] == "link-has-expired"


async def test_a_place_given_up_or_forgotten_has_no_page(scheduling: Scheduling) -> None:
    course, path = await an_instructed_course(scheduling)

    async with scheduling.client() as client:
        withdrawn = course.nomination("amal", NominationWithdrawn, status="withdrawn")
        await scheduling.hears(withdrawn)
        cancelled = await client.get(path)
        await scheduling.hears(PersonErased(person_id=an_id("amal")))
        forgotten = await client.get(path)

    assert (cancelled.status_code, cancelled.json()["code"]) == (410, "place-is-cancelled")
    assert forgotten.status_code == 404


async def test_the_certificate_page_leads_to_the_paper(scheduling: Scheduling) -> None:
    course, _ = await an_instructed_course(scheduling)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(course.sessions[0], amal="present")
    await course.closes()
    await scheduling.does_jobs()
    (issued,) = await scheduling.said(CertificateIssued)
    path = issued.link.removeprefix(f"{ORIGIN}/scheduling")

    async with scheduling.client() as client:
        page = await client.get(path)
        paper = await client.get(f"{path}/pdf")
        async with course.coordinator() as coordinator:
            await coordinator.post(f"/certificates/{issued.certificate_id}/revocation")
        revoked = await client.get(path)
        gone = await client.get(f"{path}/pdf")

    assert page.status_code == 200
    assert f"/scheduling{path}/pdf" in page.text
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert (revoked.status_code, gone.status_code) == (410, 410)


async def test_the_form_of_the_check_answers_on_the_page(scheduling: Scheduling) -> None:
    form = {"number": "2222-2222-2222-2222", "family_name": "<script>alert(1)</script>"}

    async with scheduling.client() as client:
        empty = await client.get("/check")
        answer = await client.post("/check", data=form)
        broken = await client.post("/check", data={"number": "x"})
        large = await client.post("/check", data={"number": "x" * 100_000})

    assert empty.status_code == answer.status_code == 200
    assert "No. There is no such certificate." in answer.text
    assert "<script>" not in answer.text
    assert (broken.status_code, large.status_code) == (422, 413)


async def test_an_attendance_sheet_is_filled_in_as_a_form(scheduling: Scheduling) -> None:
    course, _ = await an_instructed_course(scheduling)
    await scheduling.moves_to(amman(24))
    path = f"/sessions/{course.sessions[0]['id']}/page"

    async with course.instructor() as client:
        saved = await client.post(path, data={str(an_id("amal")): "late"})
        sheet = await client.get(path)
        wrong = await client.post(path, data={"<b>": "present"})

    assert saved.status_code == 303
    assert saved.headers["location"] == f"/scheduling{path}?saved=1"
    assert 'value="late" checked' in sheet.text
    assert wrong.status_code == 422


async def test_buttons_of_the_activity_page_act_and_come_back(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    path = f"/activities/{course.activity_id}/page"

    async with course.coordinator() as client:
        before = await client.get(path)
        instructed = await client.post(f"{path}/joining-instructions")
        await scheduling.moves_to(amman(28, 18))
        await course.marks(session, amal="present")
        closed = await client.post(f"{path}/closing")
        after = await client.get(path)

    assert "Issue joining instructions" in before.text
    assert [instructed.status_code, closed.status_code] == [303, 303]
    assert closed.headers["location"] == f"/scheduling{path}"
    assert "Concluded" in after.text
    assert "Issue joining instructions" not in after.text
