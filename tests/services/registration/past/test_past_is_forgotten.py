"""Nothing of a file stays that nobody decides about, nor of whom is erased."""

import asyncio
from datetime import datetime
from uuid import UUID

import pytest

from services.registration.personal import BLANK
from services.registration.tables import (
    history_row,
    import_piece,
    participation,
    person,
)
from shared.database import lock_row
from shared.purging import purge
from shared.tables import outbox
from tests.services.registration.building import START, Registration
from tests.services.registration.course import a_course
from tests.services.registration.files import a_roster, looks_at, numbered
from tests.services.registration.past.files import (
    a_file,
    an_officer_of,
    confirms,
    goes_on,
    rows_of,
    sends,
)
from tests.services.registration.test_persons_are_erased import somebody_waits


async def test_nothing_personal_is_left_of_an_erased_officer(registration: Registration) -> None:
    course = await a_course(registration)
    names = [{"script": "Latn", "given": "Zaynab", "family": "Qutaiba"}]
    person_id = await an_officer_of(course, 1, names=names)
    jordan = course.points["JO"]
    await confirms(
        registration,
        jordan,
        await sends(registration, jordan, a_file("1;JO-001;;Analyse;2017;oui")),
    )
    await sends(
        registration, jordan, a_file("1;;Zainab Qutaiba;Other;2016;oui", "2;JO-001;;C;2015;oui")
    )

    await course.admin.post(f"/persons/{person_id}/erasure")

    assert await registration.rows(participation) == []
    assert await registration.rows(history_row) == []
    bodies = [one["body"] for one in await registration.rows(outbox)]
    assert not [one for one in bodies if b"Qutaiba" in one or b"JO-001" in one]


async def test_a_row_read_before_its_officer_was_known_goes_with_them(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    read = await sends(registration, jordan, a_file("1;JO-001;;C;2015;oui", "2;JO-002;;C;2015;oui"))
    person_id = await an_officer_of(course, 1)

    await course.admin.post(f"/persons/{person_id}/erasure")

    assert [one["officer_reference"] for one in await rows_of(jordan, read)] == ["JO-002"]


async def test_an_erasure_at_the_same_moment_leaves_nothing_to_import(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    person_id = UUID(await an_officer_of(course, 1))
    read = await sends(registration, course.points["JO"], a_file("1;JO-001;;Analyse;2017;oui"))

    async with registration.database.writing() as connection:
        await lock_row(connection, person, id=person_id)
        erased = person.update().where(person.c.id == person_id)
        await connection.execute(erased.values(**BLANK, erased_at=START))
        confirming = asyncio.create_task(confirms(registration, course.points["JO"], read))
        await somebody_waits(registration)
    done = await confirming

    assert done["result"]["recorded"] == 0
    assert await registration.rows(participation) == []


async def test_a_file_nobody_decides_about_goes_in_time(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(registration, course.points["JO"], a_file("1;JO-001;A B;Analyse;2017;oui"))

    await registration.moves_to(datetime.fromisoformat(read["kept_until"]))
    await purge(registration.service.context, registration.service.kept_for_a_time)
    late = await course.points["JO"].post(f"/history/imports/{read['id']}/confirmation", json={})

    assert await registration.rows(history_row) == []
    assert (late.status_code, late.json()["code"]) == (409, "import-is-forgotten")


@pytest.mark.parametrize("party", ["JO", None])
async def test_a_file_that_is_being_read_is_given_up_when_somebody_is_erased(
    registration: Registration, party: str | None
) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    sender = course.points["JO"] if party else course.coordinator
    content = a_file("1;JO-001;FAMILY JO Given 1;C;2015;oui")
    query = {"party": party} if party else {}
    sent = (await sender.post("/history/imports", params=query, content=content)).json()
    roster = a_roster(numbered(1).replace("R-1", "JO-001"))
    address = f"/calls/{course.call_id}/imports?party=JO"
    nominating = (await course.points["JO"].post(address, content=roster)).json()

    await course.admin.post(f"/persons/{person_id}/erasure")
    left = await goes_on(registration, sender, sent)
    also_left = await looks_at(course, nominating["id"])

    assert (left["state"], left["refusal"]) == ("discarded", "officer-was-erased")
    assert (also_left["state"], also_left["refusal"]) == ("discarded", "officer-was-erased")
    assert await registration.rows(history_row) == []
    assert await registration.rows(import_piece) == []
