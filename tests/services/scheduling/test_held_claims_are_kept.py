"""What is held for a person stays with us, whatever becomes of its sender meanwhile."""

from typing import Any

from shared.contracts.ingress import IngressAnswer, IngressEventAccepted, IngressEventHeld
from shared.tables import deferred
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import ACTIVITY, PROJECT, Course, amman
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_held_session,
    a_system,
    called,
    completed,
    mark,
    sends,
    suspended,
    tries,
)


async def a_held_mark(scheduling: Scheduling) -> None:
    """A mark of an officer whom nobody has matched, of a session that was held."""
    await a_held_session(scheduling)
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
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))
    [first] = await sends(scheduling, mark())
    await scheduling.hears(suspended())
    await scheduling.said()

    [again] = await sends(scheduling, mark())
    [other] = await sends(scheduling, mark(2))

    assert (again.repeated, again.id) == (True, first.id)
    assert other.faults[0].code == "sender-is-not-active"


async def states(scheduling: Scheduling) -> dict[str, str]:
    """What is kept, by the id sent."""
    return {row["event_id"]: row["state"] for row in await scheduling.rows(deferred)}


async def test_an_alias_releases_what_names_its_reference_and_nothing_else(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    for number, officer in enumerate(("EMP-1", "EMP-2", "EMP-10", "emp_1")):
        await sends(scheduling, mark(number, officer=officer))
    await sends(scheduling, mark(4, officer="EMP-3", activity="EMP-1"))

    await scheduling.hears(called("EMP-1", an_id("layla")))

    assert await states(scheduling) == {
        "a-0": "waiting",
        **dict.fromkeys(("a-1", "a-2", "a-3", "a-4"), "held"),
    }


async def test_an_alias_that_is_not_written_or_withdrawn_releases_nothing(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    meant = called("EMP-1", an_id("layla"))
    await scheduling.hears(meant.model_copy(update={"meant_id": None}), sequence=5)
    await sends(scheduling, mark())

    await scheduling.hears(meant, sequence=4)
    stale = await states(scheduling)
    await scheduling.hears(meant.model_copy(update={"meant_id": None}), sequence=6)

    assert stale == await states(scheduling) == {"a-1": "held"}


async def test_what_waits_for_two_names_takes_effect_once_both_are_said(
    scheduling: Scheduling,
) -> None:
    course, _ = await a_held_session(scheduling)
    await sends(scheduling, mark(activity="OUR-COURSE"))

    await scheduling.hears(called("EMP-1", an_id("layla")))
    await tries(scheduling)
    halfway = await states(scheduling)
    await scheduling.hears(called("OUR-COURSE", course.activity_id, kind="activity"))
    await tries(scheduling)

    assert (halfway, await states(scheduling)) == ({"a-1": "held"}, {})


async def test_a_completion_is_taken_once_the_project_names_who_signs(
    scheduling: Scheduling,
) -> None:
    course = await a_course_with_a_system(scheduling, delivery="online_self_paced")
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await describes_project(course, issuing_body=None)
    await scheduling.moves_to(amman(28))
    await scheduling.said()

    [held] = await sends(scheduling, completed())
    await describes_project(course, issuing_body=None)
    still = await states(scheduling)
    await describes_project(course)
    await tries(scheduling)

    [accepted] = await scheduling.said(IngressAnswer)
    assert ("issuing-body-is-missing", "data.activity") in [
        (one.code, one.field) for one in held.faults
    ]
    assert still == {"c-1": "held"}
    assert isinstance(accepted, IngressEventAccepted)


async def test_a_mark_is_taken_once_an_activity_has_the_reference_sent(
    scheduling: Scheduling,
) -> None:
    course = await a_course_with_a_system(scheduling)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.said()
    [held] = await sends(scheduling, mark(activity="AMM-2018-02"))

    async with scheduling.client("admin") as admin:
        for reference in ("AMM-2018-03", "AMM-2018-02"):
            before = await states(scheduling)
            planned = {**ACTIVITY, "reference": reference}
            answer = await admin.post(f"/projects/{course.project_id}/activities", json=planned)
            assert answer.status_code == 201
    await tries(scheduling)

    [refused] = await scheduling.said(IngressAnswer)
    assert (type(held), before) == (IngressEventHeld, {"a-1": "held"})
    assert refused.faults[0].code == "session-is-not-planned"
    assert await states(scheduling) == {}


async def describes_project(course: Course, **different: Any) -> None:
    """The project is described anew."""
    path = f"/projects/{course.project_id}"
    async with course.scheduling.client("admin") as admin:
        version = (await admin.get(path)).headers["etag"]
        headers = {"If-Match": version}
        answer = await admin.put(path, json={**PROJECT, **different}, headers=headers)
    assert answer.status_code == 200, answer.text
