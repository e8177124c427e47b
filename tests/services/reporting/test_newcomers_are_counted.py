"""Officers who came for the first time, here and by what was imported of before."""

from datetime import date
from typing import Any

from shared.contracts.registration import ParticipationRecorded, ParticipationWithdrawn
from shared.contracts.scheduling import ActivityDescribed, EnrolmentCompleted
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import ACTIVITY, PROJECT, an_activity, an_id
from tests.services.reporting.small_course import AMAL, BASEL, small_course

OF_ACTIVITY = f"/activities/{ACTIVITY}"


def before(name: str, **other: Any) -> dict[str, Any]:
    """What an officer took part in a year before the course."""
    return {
        "participation_id": an_id(f"past of {name}"),
        "person_id": an_id(name),
        "party": "JO",
        "sex": "female",
        "held_on": date(2017, 6, 28),
        "outcome": "attended",
        **other,
    }


async def first_time(reporting: Reporting, path: str = OF_ACTIVITY) -> tuple[int, int]:
    """How many came for the first time, and how many of them women."""
    answer = await reporting.client("admin").get(f"{path}/participation")
    shown = answer.json()["first_time"]
    return shown["total"], shown["women"]


async def test_who_came_before_is_no_newcomer(reporting: Reporting) -> None:
    await reporting.hears(*small_course())
    everybody = await first_time(reporting)

    await reporting.hears(ParticipationRecorded(**before("Amal")))
    imported = await first_time(reporting)
    await reporting.hears(ParticipationWithdrawn(**before("Amal", withdrawn=True)))
    withdrawn = await first_time(reporting)
    await reporting.hears(ParticipationRecorded(**before("Basel", held_on=date(2018, 6, 24))))
    at_once = await first_time(reporting)

    assert (everybody, imported, withdrawn, at_once) == ((2, 1), (1, 0), (2, 1), (2, 1))


async def test_the_first_of_two_courses_is_the_first_time(reporting: Reporting) -> None:
    later = an_id("later course")
    await reporting.hears(*small_course())
    told = {**dict(an_activity(later, "AMM-2018-02")), "starts_on": date(2018, 9, 2)}
    places = [
        {**dict(one.completed()), "activity_id": later, "enrolment_id": an_id(f"later {one.name}")}
        for one in (AMAL, BASEL)
    ]

    await reporting.hears(ActivityDescribed(**told))
    await reporting.hears(*(EnrolmentCompleted(**place) for place in places))

    assert await first_time(reporting, f"/activities/{later}") == (0, 0)
    assert await first_time(reporting, f"/projects/{PROJECT}") == (2, 1)
