"""Officers who do, or do not, meet the rules of a call."""

from typing import Any

from shared.contracts.scheduling import OfficerEnrolled
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import Course, an_officer, the_activity

EARLIER = an_id("an earlier activity")


async def nominates(course: Course, declaration: Any = None, **officer: Any) -> Any:
    """The answer to a nomination of Jordan's first officer."""
    return await course.points["JO"].post(
        f"/calls/{course.call_id}/nominations",
        json={
            "party": "JO",
            "officer": an_officer("JO", 1, **officer),
            "priority": 1,
            **({"declaration": declaration} if declaration else {}),
        },
    )


def failed(answer: Any) -> list[str]:
    """The rules that do not hold, by their names."""
    assert (answer.status_code, answer.json()["code"]) == (422, "officer-is-not-eligible")
    return [one["code"] for one in answer.json()["errors"]]


async def known(course: Course, **more: Any) -> str:
    """The officer is known by what Jordan calls them."""
    officer = an_officer("JO", 1, **more)
    answer = await course.admin.post("/persons", json={**officer, "party": "JO"})
    assert answer.status_code == 201, answer.text
    person_id: str = answer.json()["id"]
    return person_id


def an_earlier(ends_on: str) -> Any:
    """An activity of the year before, told anew when it ends on another day."""
    told = the_activity().model_dump()
    return type(the_activity()).model_validate(
        {
            **told,
            "activity_id": EARLIER,
            "reference": "amm-2017-01",
            "starts_on": "2017-06-01",
            "ends_on": ends_on,
        }
    )


async def completes(registration: Registration, person_id: str) -> None:
    """The officer completed the earlier activity."""
    await registration.hears(an_earlier("2017-06-23"))
    place = {
        "enrolment_id": an_id("place"),
        "activity_id": EARLIER,
        "project_id": an_id("project"),
        "nomination_id": an_id("nomination"),
        "person_id": person_id,
        "party": "JO",
        "sex": "male",
        "unit": "immigration",
        "status": "completed",
        "sessions_attended": 5,
    }
    await registration.hears(OfficerEnrolled.model_validate(place))
