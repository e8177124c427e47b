"""What is held for a person stays with us, whatever becomes of its sender meanwhile."""

from shared.contracts.ingress import IngressAnswer, IngressEventAccepted, IngressEventHeld
from shared.tables import deferred
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import amman
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_system,
    called,
    mark,
    sends,
    suspended,
    tries,
)


async def a_held_mark(scheduling: Scheduling) -> None:
    """A mark of an officer whom nobody has matched, of a session that was held."""
    course = await a_course_with_a_system(scheduling)
    await course.schedules(24)
    await scheduling.moves_to(amman(25))
    await scheduling.said()
    await sends(scheduling, mark())


async def test_what_is_held_outlasts_the_suspension_of_its_sender(scheduling: Scheduling) -> None:
    await a_held_mark(scheduling)
    await scheduling.hears(suspended())
    await scheduling.said()

    await scheduling.hears(called("EMP-1", an_id("layla")))
    await tries(scheduling)
    meanwhile = await scheduling.said(IngressAnswer)
    [kept] = await scheduling.rows(deferred)
    await scheduling.hears(a_system())
    await tries(scheduling)
    [accepted] = await scheduling.said(IngressAnswer)

    assert meanwhile == []
    assert (kept["state"], kept["reason"]) == ("held", "sender-is-not-active")
    assert isinstance(accepted, IngressEventAccepted)
    assert await scheduling.rows(deferred) == []


async def test_what_is_held_is_answered_held_again_while_its_sender_may_not(
    scheduling: Scheduling,
) -> None:
    await a_held_mark(scheduling)
    await scheduling.hears(suspended())
    await scheduling.said()

    [again] = await sends(scheduling, mark())

    assert isinstance(again, IngressEventHeld)
    assert [row["state"] for row in await scheduling.rows(deferred)] == ["held"]


async def test_what_was_accepted_is_answered_so_again_while_its_sender_may_not(
    scheduling: Scheduling,
) -> None:
    course = await a_course_with_a_system(scheduling)
    await course.schedules(24)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(25))
    await scheduling.said()
    [first] = await sends(scheduling, mark())
    await scheduling.hears(suspended())
    await scheduling.said()

    [again] = await sends(scheduling, mark())
    [other] = await sends(scheduling, mark(2))

    assert (again.repeated, again.id) == (True, first.id)
    assert other.faults[0].code == "sender-is-not-active"
