"""Erasure: blank here, asked of every service, and nothing brings anything back."""

import asyncio

from sqlalchemy import text

from services.registration.personal import BLANK
from services.registration.tables import nomination, person
from shared.contracts.notifications import NotificationsErasureConfirmed
from shared.contracts.registration import (
    NominationWithdrawn,
    PersonDetailsChanged,
    PersonErased,
    SeatFreed,
    SeatOffered,
)
from shared.contracts.reporting import ReportingErasureConfirmed
from shared.contracts.scheduling import SchedulingErasureConfirmed
from shared.tables import outbox, stored_answer, tombstone
from tests.services.registration.building import START, Registration
from tests.services.registration.course import PROJECT, a_call, a_course, an_officer, the_activity


async def test_nothing_personal_is_left(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.points["JO"].post(
        f"/calls/{course.call_id}/nominations",
        json={"party": "JO", "officer": an_officer("JO", 1, phone="0791234567"), "priority": 1},
        headers={"Idempotency-Key": "one"},
    )
    person_id = nominated.json()["person_id"]

    erased = await course.admin.post(f"/persons/{person_id}/erasure")
    again = await course.admin.post(f"/persons/{person_id}/erasure")

    row = next(row for row in await registration.rows(person) if str(row["id"]) == person_id)
    blank = ("subject", "officer_reference", "email", "phone", "unit_name", "rank_title")
    assert (erased.status_code, again.status_code) == (202, 202)
    assert row["names"] == []
    assert [row[name] for name in blank] == [None] * len(blank)
    unsent = [row["body"] for row in await registration.rows(outbox)]
    answers = [row["body"] for row in await registration.rows(stored_answer)]
    assert not [body for body in (*unsent, *answers) if b"JO-001" in body or b"Given 1" in body]
    assert [str(row["person_id"]) for row in await registration.rows(tombstone)] == [person_id]
    said = await registration.said(PersonErased, NominationWithdrawn)
    assert [type(one) for one in said] == [NominationWithdrawn, PersonErased]


async def test_receipts_show_who_has_forgotten(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    path = f"/persons/{nominated['person_id']}/erasure"
    unasked = await course.admin.get(path)
    await course.admin.post(path)
    (asked,) = await registration.said(PersonErased)
    before = (await course.admin.get(path)).json()

    for receipt in (
        SchedulingErasureConfirmed,
        NotificationsErasureConfirmed,
        ReportingErasureConfirmed,
    ):
        await registration.hears(receipt(person_id=asked.person_id))
        await registration.hears(receipt(person_id=asked.person_id))
    after = (await course.admin.get(path)).json()

    assert unasked.status_code == 404
    assert not before["complete"]
    assert [name for name, at in before["receipts"].items() if at] == ["registration"]
    assert after["complete"]


async def test_the_seat_of_an_erased_officer_goes_to_the_next(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    first = await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await course.selects()

    await course.admin.post(f"/persons/{first['person_id']}/erasure")
    await registration.hears_itself()

    offers = await registration.said(SeatOffered)
    assert len(offers) == 2
    assert (await course.standing())["JO-002"] == "selected"


async def test_what_was_is_kept_coded(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    first = await course.nominates("JO", 1, sex="female")
    await course.selects()
    await registration.hears(the_activity(state="closed"), sequence=2)
    await registration.said()

    await course.admin.post(f"/persons/{first['person_id']}/erasure")

    (row,) = await registration.rows(nomination)
    assert (row["status"], row["sex"], row["unit"]) == ("selected", "female", "immigration")
    assert row["officer_reference"] is None
    assert await registration.said(SeatFreed, PersonDetailsChanged) == []
    listed = await course.coordinator.get(f"/calls/{course.call_id}/nominations")
    page = await course.coordinator.get(f"/calls/{course.call_id}/page")
    assert listed.json()["items"][0]["names"] == []
    assert page.status_code == 200


async def test_an_erased_focal_point_is_written_to_no_more(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    channels = (await course.admin.get(f"/projects/{PROJECT}/channels")).json()["items"]
    holder = next(one["holder_id"] for one in channels if one["party"] == "JO")

    await course.admin.post(f"/persons/{holder}/erasure")
    opened = await course.coordinator.post("/calls", json=a_call())
    entered = await course.points["JO"].get(f"/projects/{PROJECT}/channels")

    assert opened.json()["code"] == "channel-is-missing"
    assert opened.json()["errors"][0]["path"] == "parties.0.party"
    assert entered.status_code == 404


async def test_who_is_not_admin_erases_nobody(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    path = f"/persons/{nominated['person_id']}/erasure"

    answers = [await course.coordinator.post(path), await course.points["JO"].post(path)]

    assert [one.status_code for one in answers] == [403, 403]


async def test_a_nomination_at_the_same_moment_brings_nobody_back(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    person_id = (await course.admin.post("/persons", json=_known_officer())).json()["id"]

    async with registration.database.writing() as connection:
        blank = person.update().where(person.c.id == person_id)
        await connection.execute(blank.values(**BLANK, erased_at=START))
        nominating = asyncio.create_task(course.nominates("JO", 1))
        await somebody_waits(registration)
    nominated = await nominating

    row = next(row for row in await registration.rows(person) if str(row["id"]) == person_id)
    assert (row["names"], row["email"], row["erased_at"]) == ([], None, START)
    assert nominated["person_id"] != person_id


def _known_officer() -> dict[str, object]:
    """An officer whom a coordinator made known before anybody nominated them."""
    return {**an_officer("JO", 1, email="other@example.org"), "party": "JO"}


async def somebody_waits(registration: Registration) -> None:
    """PostgreSQL: until another transaction waits for this one. On SQLite nobody else can write."""
    waiting = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
    async with asyncio.timeout(20):
        while not registration.database.is_sqlite:
            async with registration.database.reading() as connection:
                if (await connection.execute(waiting)).scalar_one():
                    return
            await asyncio.sleep(0.01)
