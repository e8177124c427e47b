"""What was closed is corrected by a coordinator who says why."""

from typing import Any

import pytest

from services.scheduling.tables import correction
from shared.contracts.registration import NominationWithdrawn, PersonErased
from shared.contracts.scheduling import CertificateIssued
from shared.tables import audit
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.corrected import a_closed_course, status_of
from tests.services.scheduling.course import a_course, amman


async def test_the_same_correction_again_changes_nothing(scheduling: Scheduling) -> None:
    course = await a_closed_course(scheduling)
    await course.corrects(course.sessions[1], basma="present")
    await scheduling.does_jobs()
    await scheduling.said()

    again = await course.corrects(course.sessions[1], basma="present")

    assert again.status_code == 200
    assert await scheduling.said() == []
    assert len(await scheduling.rows(correction)) == 1


async def test_a_correction_is_audited_and_its_reason_kept(scheduling: Scheduling) -> None:
    course = await a_closed_course(scheduling)

    await course.corrects(course.sessions[1], "evidence_came_later", basma="present")

    (kept,) = await scheduling.rows(correction)
    assert (kept["before"], kept["after"]) == ("absent", "present")
    lines = [row for row in await scheduling.rows(audit) if row["action"] == "correct-attendance"]
    assert [(one["outcome"], one["role"]) for one in lines] == [("done", "coordinator")]
    assert lines[0]["object"].endswith(f"/correction/{kept['correction_id']}")
    async with scheduling.client("auditor") as client:
        path = f"/activities/{course.activity_id}/corrections"
        (shown,) = (await client.get(path)).json()["items"]
    assert (shown["reason"], shown["note"]) == ("evidence_came_later", None)


async def test_a_note_is_for_coordinators_and_gone_after_erasure(scheduling: Scheduling) -> None:
    course = await a_closed_course(scheduling)
    asked = {
        "records": [{"person_id": str(an_id("basma")), "status": "present"}],
        "reason": "other",
        "note": "Basma signed the paper list",
    }
    path = f"/activities/{course.activity_id}/corrections"
    async with course.coordinator() as client:
        session = course.sessions[1]["id"]
        answer = await client.post(f"/sessions/{session}/attendance/corrections", json=asked)
        before = (await client.get(path)).json()["items"]

        await scheduling.hears(PersonErased(person_id=an_id("basma")))

        after = (await client.get(path)).json()["items"]
    assert answer.status_code == 200
    assert [one["note"] for one in (*before, *after)] == ["Basma signed the paper list", None]


async def test_only_what_is_closed_is_corrected(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))

    answer = await course.corrects(session, amal="present")

    assert (answer.status_code, answer.json()["code"]) == (409, "activity-is-not-closed")


@pytest.mark.parametrize("role", ["instructor", "focal_point", "auditor"])
async def test_only_coordinators_correct(scheduling: Scheduling, role: Any) -> None:
    course = await a_closed_course(scheduling)
    asked = {
        "records": [{"person_id": str(an_id("basma")), "status": "present"}],
        "reason": "other",
    }
    who = {
        "instructor": course.instructor(),
        "focal_point": course.focal_point(),
        "auditor": scheduling.client("auditor"),
    }

    async with who[role] as client:
        path = f"/sessions/{course.sessions[1]['id']}/attendance/corrections"
        answer = await client.post(path, json=asked)

    assert answer.status_code == 404
    assert await status_of(scheduling, "basma") == "failed"


async def test_only_who_takes_part_is_corrected_and_a_reason_is_needed(
    scheduling: Scheduling,
) -> None:
    course = await a_closed_course(scheduling)

    stranger = await course.corrects(course.sessions[0], stranger="present")
    without = await course.corrects(course.sessions[0], "", basma="absent")

    assert (stranger.status_code, stranger.json()["code"]) == (409, "officer-is-not-enrolled")
    assert without.status_code == 422


async def test_a_confirmation_that_comes_after_closing_is_settled_by_correcting(
    scheduling: Scheduling,
) -> None:
    course = await a_closed_course(scheduling)
    await course.enrols("chafik", party="MA")

    for session in course.sessions:
        await course.corrects(session, "evidence_came_later", chafik="present")
    await scheduling.does_jobs()

    assert await status_of(scheduling, "chafik") == "completed"
    (issued,) = await scheduling.said(CertificateIssued)
    assert issued.recipient_id == an_id("chafik")


async def test_who_completed_after_a_correction_stays_so_whatever_arrives(
    scheduling: Scheduling,
) -> None:
    course = await a_closed_course(scheduling)
    await course.corrects(course.sessions[1], basma="present")

    late = course.nomination("basma", NominationWithdrawn, status="withdrawn")
    await scheduling.hears(late)

    assert await status_of(scheduling, "basma") == "completed"


async def test_a_coordinator_corrects_on_the_sheet(scheduling: Scheduling) -> None:
    course = await a_closed_course(scheduling)
    path = f"/sessions/{course.sessions[1]['id']}/page"

    async with course.coordinator() as client:
        sheet = await client.get(path)
        form = {str(an_id("basma")): "present", "reason": "officers_mixed_up", "note": ""}
        answer = await client.post(f"{path}/correction", data=form)
    async with course.instructor() as client:
        theirs = await client.get(path)

    assert 'name="reason"' in sheet.text
    assert 'name="reason"' not in theirs.text
    assert answer.status_code == 303, answer.text
    assert await status_of(scheduling, "basma") == "completed"
