"""Erasure: what is personal goes, what is counted stays, and nothing late brings it back."""

from services.scheduling.tables import attendance, certificate, enrolment, person
from shared.contracts.registration import ErasureStated, PersonErased
from shared.contracts.scheduling import (
    JoiningInstructionsIssued,
    SchedulingErasureConfirmed,
    SessionChangeAnnounced,
)
from shared.tables import file, job, tombstone
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import a_course, amman, an_officer


async def test_names_and_papers_go_and_figures_stay(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, amal="present")
    await course.closes()
    await scheduling.does_jobs()
    await scheduling.said()

    await scheduling.hears(PersonErased(person_id=an_id("amal")))

    assert await scheduling.rows(file) == []
    (paper,) = await scheduling.rows(certificate)
    assert (paper["family_names"], paper["file_id"]) == ([], None)
    kept = [row for row in await scheduling.rows(person) if row["id"] == an_id("amal")]
    assert kept[0]["names"] == []
    assert len(await scheduling.rows(attendance)) == len(await scheduling.rows(enrolment)) == 1
    (receipt,) = await scheduling.said()
    assert receipt == SchedulingErasureConfirmed(person_id=an_id("amal"))


async def test_erasing_twice_changes_nothing(scheduling: Scheduling) -> None:
    await scheduling.hears(an_officer("amal"))
    (body,) = await scheduling.hears(PersonErased(person_id=an_id("amal")))
    before = [await scheduling.rows(table) for table in (person, tombstone)]
    await scheduling.said()

    await scheduling.receives(PersonErased.type, body)

    assert [await scheduling.rows(table) for table in (person, tombstone)] == before
    assert await scheduling.said() == []


async def test_an_erasure_that_was_missed_is_carried_out_when_it_is_stated(
    scheduling: Scheduling,
) -> None:
    await scheduling.hears(an_officer("amal"))
    stated = ErasureStated(person_id=an_id("amal"))

    await scheduling.hears(stated)
    await scheduling.hears(stated)

    (kept,) = await scheduling.rows(person)
    assert (kept["names"], kept["party"]) == ([], None)
    assert [row["person_id"] for row in await scheduling.rows(tombstone)] == [an_id("amal")]
    assert await scheduling.said() == [SchedulingErasureConfirmed(person_id=an_id("amal"))]


async def test_late_details_bring_nobody_back(scheduling: Scheduling) -> None:
    await scheduling.hears(PersonErased(person_id=an_id("amal")))

    await scheduling.hears(an_officer("amal"), sequence=50)

    (kept,) = await scheduling.rows(person)
    assert (kept["names"], kept["party"]) == ([], None)


async def test_nothing_is_sent_to_who_was_erased(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    await course.enrols("amal", "basma")
    await scheduling.hears(PersonErased(person_id=an_id("amal")))

    await course.instructs()
    await course.changes(session, room="Hall B")

    said = await scheduling.said(JoiningInstructionsIssued, SessionChangeAnnounced)
    assert {event.person_id for event in said} == {an_id("basma")}


async def test_no_paper_is_made_for_who_was_erased_meanwhile(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, amal="present")
    await course.closes()
    await scheduling.hears(PersonErased(person_id=an_id("amal")))

    done = await scheduling.does_jobs()

    assert done == 0
    assert [row["state"] for row in await scheduling.rows(job)] == ["cancelled"]
    assert await scheduling.rows(certificate) == []
