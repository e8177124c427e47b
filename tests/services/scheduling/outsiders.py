"""Another system that tells scheduling of Jordan's officers, as tests meet it."""

from typing import Any
from uuid import UUID

from services.scheduling.app import REACTIONS
from shared.contracts.ingress import IngressAnswer
from shared.contracts.registration import AliasDescribed, OutsiderDescribed
from shared.messaging.deferred import due_letters
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery
from tests.messaging.ingress.sent import ATTENDANCE, COMPLETION, event, structured
from tests.services.scheduling.building import START, Scheduling, an_id
from tests.services.scheduling.course import ACTIVITY, Course, a_course, amman

EARLY = START.isoformat()


async def a_course_with_a_system(scheduling: Scheduling, **different: Any) -> Course:
    """A course with two officers of Jordan and one of Morocco, and a system of Jordan's."""
    course = await a_course(scheduling, **different)
    await course.enrols("layla", "samir")
    await course.enrols("karim", party="MA")
    await scheduling.hears(a_system())
    await scheduling.said()
    return course


async def a_held_session(
    scheduling: Scheduling, *aliases: AliasDescribed
) -> tuple[Course, dict[str, Any]]:
    """The same, on the day after a session of the course, with what the system calls somebody."""
    course = await a_course_with_a_system(scheduling)
    session = await course.schedules(24)
    await scheduling.hears(*aliases)
    await scheduling.moves_to(amman(25))
    await scheduling.said()
    return course, session


def a_system(code: str = "jo-hr", **other: Any) -> OutsiderDescribed:
    """It speaks for Jordan, of attendance and completion."""
    said = {
        "parties": ("JO",),
        "sends": (ATTENDANCE, COMPLETION),
        "receives": (),
        "state": "active",
    }
    return OutsiderDescribed(outsider=code, **{**said, **other})


def suspended() -> OutsiderDescribed:
    """It may not take part for a while."""
    return a_system(state="suspended")


def called(reference: str, meant: UUID, **other: Any) -> AliasDescribed:
    """What the system calls somebody or something."""
    said = {"kind": "officer", "party": "JO", **other}
    return AliasDescribed(
        alias_id=an_id(f"alias {reference}"),
        outsider="jo-hr",
        reference=reference,
        meant_id=meant,
        **said,
    )


def mark(number: int = 1, **data: Any) -> dict[str, Any]:
    """The golden example of attendance, of Layla under the system's own name; it was written down
    before anything happens in a test."""
    said = {"officer": "EMP-1", "recorded_at": EARLY, **data}
    return {**event(ATTENDANCE, **said), "id": f"a-{number}"}


async def sends(scheduling: Scheduling, said: Any, times: int = 1, **how: Any) -> list[Any]:
    """Have one event arrive; what is answered."""
    dispatcher = Dispatcher(scheduling.service.context, REACTIONS)
    await dispatcher.dispatch(Delivery(structured(said, **how), times))
    return await scheduling.said(IngressAnswer)


async def tries(scheduling: Scheduling) -> None:
    """Have the worker look at what is due."""
    context = scheduling.service.context
    dispatcher = Dispatcher(context, REACTIONS)
    for letter in await due_letters(context):
        await dispatcher.try_letter(letter)


def completed(**data: Any) -> dict[str, Any]:
    """Layla has completed the course, as the system says."""
    reference = ACTIVITY["reference"]
    said = {"officer": "EMP-1", "activity": reference, "on": "2018-06-27", **data}
    return {**event(COMPLETION, **said), "id": "c-1", "time": EARLY}
