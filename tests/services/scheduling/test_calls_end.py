"""A call that ends without its activity: it is cancelled, and so are the places in it."""

from services.scheduling.tables import activity, enrolment
from shared.contracts.event import Planned
from shared.contracts.registration import CallEnded, NominationNotSelected
from shared.contracts.scheduling import ActivityDescribed, EnrolmentCancelled
from shared.tables import deferred
from tests.services.scheduling.building import START, Scheduling, an_id
from tests.services.scheduling.course import Course, a_course


def ended(course: Course, **other: object) -> CallEnded:
    """The call of the course leads to nothing."""
    told: dict[str, object] = {
        "call_id": an_id("call"),
        "activity_id": course.activity_id,
        "project_id": course.project_id,
        "reference": "AMM-2018-01",
        "seats": 25,
        "parties": ("JO",),
        "quotas": (),
        "deadline": Planned(local=START.replace(tzinfo=None), zone="UTC", instant=START),
        "minimum_seats": 15,
        "ended_at": START,
    }
    return CallEnded.model_validate({**told, **other})


async def test_its_activity_is_cancelled_once(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await scheduling.said()

    await scheduling.hears(ended(course))
    await scheduling.hears(ended(course))

    (row,) = await scheduling.rows(activity)
    said = await scheduling.said()
    assert (row["state"], row["version"]) == ("cancelled", 2)
    assert [(type(one), one.state) for one in said] == [(ActivityDescribed, "cancelled")]


async def test_who_had_a_place_has_none_any_more(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    await scheduling.said()

    await scheduling.hears(ended(course))
    await scheduling.hears(
        course.nomination("amal", NominationNotSelected, status="not_selected"),
    )

    (place,) = await scheduling.rows(enrolment)
    assert place["status"] == "cancelled"
    assert EnrolmentCancelled in [type(one) for one in await scheduling.said()]


async def test_an_activity_not_known_yet_is_waited_for(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    await scheduling.hears(ended(course, activity_id=an_id("unknown")))

    (row,) = await scheduling.rows(activity)
    assert row["state"] == "planned"
    assert len(await scheduling.rows(deferred)) == 1
