"""Another system nominates by the rules of a focal point, once, and it alone is answered."""

import asyncio
from typing import Any

import pytest

from services.registration.app import REACTIONS
from services.registration.tables import nomination as nomination_table
from services.registration.tables import person
from shared.contracts.ingress import IngressAnswer, IngressEventAccepted, IngressEventRefused
from shared.contracts.registration import AliasDescribed, NominationSubmitted
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery
from shared.outsiders import alias
from shared.tables import inbox
from tests.messaging.ingress.sent import NOMINATION, binary, structured
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.outsiders import (
    a_course_with_a_system,
    codes,
    nomination,
    receives,
    sends,
    takes_part,
)


@pytest.mark.parametrize("mode", [structured, binary])
async def test_an_officer_is_put_forward_and_the_sender_is_told(
    registration: Registration, mode: Any
) -> None:
    course = await a_course_with_a_system(registration)

    [answer] = await receives(registration, mode(nomination()))

    [row] = await registration.rows(nomination_table)
    assert isinstance(answer, IngressEventAccepted)
    assert (answer.outsider, answer.subject, answer.id) == ("jo-hr", "n-7", row["id"])
    assert (await course.standing()) == {"EMP-7": "submitted"}


async def test_the_senders_reference_means_the_officer_from_then_on(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    await receives(registration, structured(nomination()))

    [row] = await registration.rows(alias)

    [officer] = [one for one in await registration.rows(person) if one["officer_reference"]]
    assert (row["reference"], row["meant_id"], row["party"]) == ("EMP-7", officer["id"], "JO")


async def test_alias_and_nomination_are_told_of_once(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    message = structured(nomination())

    answers = []
    for _ in range(3):
        answers += await receives(registration, message)
    registration.read = 0
    told = await registration.said(AliasDescribed, NominationSubmitted)

    assert [answer.repeated for answer in answers] == [False, True, True]
    assert len({answer.id for answer in answers}) == 1
    assert sorted(type(one).__name__ for one in told) == ["AliasDescribed", "NominationSubmitted"]


async def test_an_id_that_comes_again_with_other_data_is_refused(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    await sends(registration, nomination())

    [answer] = await sends(registration, {**nomination(8), "id": "n-7"})
    [first_again] = await sends(registration, nomination())

    assert codes(answer) == ["id-reused"]
    assert isinstance(first_again, IngressEventAccepted)
    assert await course.standing() == {"EMP-7": "submitted"}


async def test_an_officer_whom_the_focal_point_nominated_before_is_the_same_person(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration, seats=2)
    await course.nominates("JO", 7, officer_reference="EMP-7")

    [answer] = await sends(registration, nomination(7, priority=9))

    assert codes(answer) == ["already-nominated"]
    assert len([one for one in await registration.rows(person) if one["officer_reference"]]) == 1


async def test_the_officer_a_person_matched_is_nominated_under_the_partys_reference(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    nominated = await course.nominates("JO", 1)
    told = {"kind": "officer", "party": "JO", "reference": "EMP-7"}
    path = "/outsiders/jo-hr/aliases"
    meant = {**told, "meant_id": nominated["person_id"]}
    assert (await course.admin.post(path, json=meant)).status_code == 201
    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    await registration.said()

    [answer] = await sends(registration, nomination())

    assert isinstance(answer, IngressEventAccepted), answer
    assert (await course.standing())["JO-001"] == "submitted"


async def test_a_message_of_the_day_before_is_as_good(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    said = {**nomination(), "time": "2018-04-01T08:00:00Z"}

    [answer] = await sends(registration, said)

    assert isinstance(answer, IngressEventAccepted)
    assert len(await course.standing()) == 1


async def test_an_erased_officer_is_somebody_new_under_the_same_reference(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    await sends(registration, nomination())
    [kept] = await registration.rows(nomination_table)
    await course.admin.post(f"/persons/{kept['person_id']}/erasure")
    await registration.said()

    [answer] = await sends(registration, nomination(8, officer=nomination(7)["data"]["officer"]))

    assert isinstance(answer, IngressEventAccepted)
    rows = await registration.rows(nomination_table)
    assert len({row["person_id"] for row in rows}) == 2


async def test_what_is_taken_is_counted_once_and_noted_with_its_answer(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    for _ in range(2):
        await sends(registration, nomination())

    noted = [one for one in await registration.rows(inbox) if one["consumer"] == "ingress"]
    async with registration.client("auditor") as auditor:
        figures = (await auditor.get("/figures")).json()

    assert [(one["source"], one["answer"]["verdict"]) for one in noted] == [
        ("outsider:jo-hr", "accepted")
    ]
    assert figures["taken_in"]["ingress"] == {NOMINATION: 1}
    assert NOMINATION not in figures["committed"]


@pytest.mark.both_databases
async def test_a_reference_said_for_two_parties_at_once_stands_for_one_officer(
    registration: Registration,
) -> None:
    await a_course(registration)
    await takes_part(registration, parties=["JO", "TN"])
    await registration.said()
    dispatcher = Dispatcher(registration.service.context, REACTIONS)
    said = [
        {**nomination(7, party=party, priority=number), "id": f"n-{party}"}
        for number, party in enumerate(("JO", "TN"), start=1)
    ]

    await asyncio.gather(*(dispatcher.dispatch(Delivery(structured(one))) for one in said))

    answers = await registration.said(IngressAnswer)
    named = [row for row in await registration.rows(alias) if row["reference"] == "EMP-7"]
    assert sorted(type(one).__name__ for one in answers) == [
        "IngressEventAccepted",
        "IngressEventRefused",
    ]
    [refused] = [one for one in answers if isinstance(one, IngressEventRefused)]
    assert codes(refused)[0] == "alias-does-not-fit"
    assert len(named) == 1
