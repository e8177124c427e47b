"""Screening: a clearance ends, results are forgotten, and few ever read them."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from uuid import UUID

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from services.registration.commands.screening_ends import EXPIRE_CLEARANCE, forget_screenings
from services.registration.screening.forgetting import FORGET
from services.registration.tables import call, screening
from shared.contracts.registration import ScreeningDecided, ScreeningStarted
from shared.database import lock_row
from shared.tables import job, outbox
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course, the_activity
from tests.services.registration.screened import OF_PROJECT, a_screened_course, comes_back, goes_out
from tests.services.registration.test_persons_are_erased import somebody_waits

BLANKED = ("valid_from", "valid_until", "decided_at")


async def test_a_clearance_expires_on_its_day(registration: Registration) -> None:
    course = await a_course(registration)
    await course.coordinator.put(
        OF_PROJECT, json={"asked_for": True, "valid_days": 30}, headers={"If-Match": '"0"'}
    )
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,")
    (kept,) = await registration.rows(screening)

    await registration.moves_to(datetime(2018, 5, 4, 1, tzinfo=UTC))
    await registration.does_jobs()

    (ended,) = await registration.rows(screening)
    assert (str(kept["valid_until"]), kept["state"]) == ("2018-05-02", "cleared")
    assert ended["state"] == "expired"


@pytest.mark.parametrize("state", ["planned", "cancelled"])
async def test_results_are_forgotten_six_weeks_after_the_end(
    registration: Registration, state: str
) -> None:
    course = await a_screened_course(registration)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    known = await goes_out(course)
    await comes_back(
        course, f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,2030-01-01"
    )
    await registration.hears(the_activity(state=state))
    end = datetime(2018, 6, 28, 20, 59, tzinfo=UTC)

    await registration.moves_to(end + timedelta(weeks=6, seconds=-1))
    await registration.does_jobs()
    before = {one["state"] for one in await registration.rows(screening)}
    await registration.moves_to(end + timedelta(weeks=6))
    await registration.does_jobs()
    after = await registration.rows(screening)
    context = registration.service.context
    again = partial(forget_screenings, call_id=UUID(course.call_id))
    await context.commit(again, actor=context.itself, correlation_id="again")
    late = await comes_back(course, f"{known['Given 3']},not cleared,,")

    assert before == {"not_cleared", "cleared", "pending"}
    assert {one["state"] for one in after} == {"forgotten"}
    assert {one[name] for one in after for name in BLANKED} == {None}
    assert [one for one in await registration.rows(job) if one["kind"] == EXPIRE_CLEARANCE] == []
    assert (late.json()["decided"], await registration.rows(screening)) == (0, after)


async def test_those_listed_before_there_was_a_job_are_forgotten_too(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")
    end = datetime(2018, 6, 28, 20, 59, tzinfo=UTC)
    async with registration.database.writing() as connection:
        await connection.execute(job.delete().where(job.c.kind == FORGET))

    async with registration.database.writing() as connection:
        await connection.run_sync(give_jobs_to_those_listed_before)
    await registration.does_jobs()
    await registration.moves_to(end + timedelta(weeks=6, seconds=-1))
    await registration.does_jobs()
    (kept,) = await registration.rows(screening)
    await registration.moves_to(end + timedelta(weeks=6))
    await registration.does_jobs()
    (forgotten,) = await registration.rows(screening)

    assert (kept["state"], forgotten["state"]) == ("not_cleared", "forgotten")


def give_jobs_to_those_listed_before(connection: Connection) -> None:
    """The step of the upgrade that does so."""
    with Operations.context(MigrationContext.configure(connection)):
        import_module("services.registration.migrations.0025_screenings_to_forget").upgrade()


async def test_an_activity_put_off_keeps_results_longer(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")
    later = {"starts_on": date(2018, 9, 2), "ends_on": date(2018, 9, 6)}
    await registration.hears(the_activity(**later))

    await registration.moves_to(datetime(2018, 8, 10, tzinfo=UTC))
    await registration.does_jobs()
    (kept,) = await registration.rows(screening)
    await registration.moves_to(datetime(2018, 10, 19, tzinfo=UTC))
    await registration.does_jobs()

    (forgotten,) = await registration.rows(screening)
    assert (kept["state"], forgotten["state"]) == ("not_cleared", "forgotten")


async def test_results_at_the_moment_of_an_erasure_are_left_aside(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)

    async with registration.database.writing() as connection:
        await lock_row(connection, call, id=UUID(course.call_id))
        coming = asyncio.create_task(comes_back(course, f"{known['Given 1']},cleared,,"))
        await somebody_waits(registration)
        await connection.execute(screening.update().values(state="forgotten"))
    taken = await coming

    (kept,) = await registration.rows(screening)
    assert (taken.status_code, taken.json().get("decided")) == (200, 0)
    assert kept["state"] == "forgotten"


async def test_nobody_is_listed_at_the_moment_of_their_erasure(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,2018-06-27")

    async with registration.database.writing() as connection:
        await lock_row(connection, call, id=UUID(course.call_id))
        listing = asyncio.create_task(course.coordinator.post(f"{OF_PROJECT}/lists", json={}))
        await somebody_waits(registration)
        await connection.execute(screening.update().values(state="forgotten"))
    refused = await listing

    (kept,) = await registration.rows(screening)
    assert refused.json().get("code") == "nobody-to-screen"
    assert kept["screening_reference"] == known["Given 1"]


async def test_auditors_read_numbers_only(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")
    auditor = registration.client("auditor")

    numbers = await auditor.get(OF_PROJECT)
    listed = await auditor.get(f"/calls/{course.call_id}/nominations")
    denied = [
        await auditor.get(f"/calls/{course.call_id}/screening"),
        await auditor.post(f"{OF_PROJECT}/lists", json={}),
    ]

    assert numbers.json()["standing"] == {"not_cleared": 1, "pending": 1}
    assert {one["screening"] for one in listed.json()["items"]} == {None}
    assert [one.status_code for one in denied] == [404, 404]


async def test_events_say_how_many_and_neither_who_nor_which(registration: Registration) -> None:
    course = await a_screened_course(registration)
    nominated = await course.nominates("JO", 1)
    await registration.said()

    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")

    started, decided = await registration.said(ScreeningStarted, ScreeningDecided)
    assert (started.nominations, decided.nominations) == (1, 1)
    bodies = [one["body"] for one in await registration.rows(outbox)]
    about = [one for one in bodies if b"registration.screening" in one]
    hidden = (nominated["id"], nominated["person_id"], "cleared", known["Given 1"], "JO-001")
    assert len(about) == 2
    assert not [one for one in about if any(word.encode() in one for word in hidden)]


async def test_of_an_erased_officer_only_the_reference_is_known(registration: Registration) -> None:
    course = await a_screened_course(registration)
    nominated = await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,2018-04-01,2019-01-01")

    await course.admin.post(f"/persons/{nominated['person_id']}/erasure")
    late = await comes_back(
        course, f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,"
    )

    rows = {row["screening_reference"]: row for row in await registration.rows(screening)}
    erased = rows[known["Given 1"]]
    assert (erased["state"], erased["valid_from"], erased["valid_until"]) == (
        "forgotten",
        None,
        None,
    )
    assert (late.json()["decided"], late.json()["unchanged"]) == (1, 1)
