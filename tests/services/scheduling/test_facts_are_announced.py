"""What scheduling states anew is what it told: how to join, and which certificates there are."""

from typing import Any

from services.scheduling.announced import KINDS
from shared.announcing import announce
from shared.context import OPERATOR
from shared.contracts.registration import PersonErased
from shared.contracts.scheduling import (
    CertificateRevoked,
    CertificateStated,
    JoiningInstructionsIssued,
    JoiningInstructionsStated,
)
from shared.contracts.stated import STATED
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import a_course, amman


async def announced(scheduling: Scheduling, name: str) -> list[Any]:
    """What is stated of a kind."""
    await scheduling.said()
    (kind,) = [one for one in KINDS if one.name == name]
    await announce(scheduling.service.context, kind, OPERATOR)
    return await scheduling.said()


async def test_joining_instructions_are_stated_as_they_were_told_of_who_is_still_to_come(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.enrols("layla", "samir", "amal")
    await course.instructs()
    told = {one.person_id: dict(one) for one in await scheduling.said(JoiningInstructionsIssued)}
    await scheduling.hears(PersonErased(person_id=an_id("amal")))
    await course.enrols("late")

    anew = await announced(scheduling, "joining_instructions")
    await scheduling.moves_to(amman(28, 18))
    await course.marks(course.sessions[0], layla="present", samir="present", late="present")
    again = await announced(scheduling, "joining_instructions")

    assert {type(one) for one in anew} == {JoiningInstructionsStated}
    assert {one.person_id for one in anew} >= {an_id("layla"), an_id("samir")}
    assert an_id("amal") not in {one.person_id for one in anew}
    for one in anew:
        if one.person_id in told:
            assert dict(one) == told[one.person_id]
    assert len(again) == len(anew)


async def test_nobody_is_told_how_to_join_what_is_closed_or_was_not_told_before(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    await course.enrols("layla")

    untold = await announced(scheduling, "joining_instructions")
    await course.instructs()
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, layla="present")
    await course.closes()
    closed = await announced(scheduling, "joining_instructions")

    assert untold == closed == []


async def test_certificates_are_stated_with_whether_they_stand(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    await course.enrols("layla", "samir")
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, layla="present", samir="present")
    await course.closes()
    while await scheduling.does_jobs():
        pass
    await course.corrects(session, samir="absent")
    [revoked] = await scheduling.said(CertificateRevoked)

    anew = await announced(scheduling, "certificate")

    assert {type(one) for one in anew} == {CertificateStated}
    assert {one.person_id: one.revoked for one in anew} == {
        an_id("layla"): False,
        an_id("samir"): True,
    }
    (its,) = [one for one in anew if one.revoked]
    assert {name: getattr(its, name) for name in CertificateRevoked.model_fields} == dict(revoked)


def test_every_type_that_states_anew_is_announced_by_its_publisher() -> None:
    own = {one for one in STATED if one.type.startswith("scheduling.")}

    assert {kind.stated for kind in KINDS} == own
    assert all(kind.listeners for kind in KINDS)
