"""A course that was closed, whose attendance is corrected."""

from services.scheduling.tables import enrolment
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import Course, a_course, amman


async def a_closed_course(scheduling: Scheduling, **marks: str) -> Course:
    """Two days, of which one is not enough; amal was at both and basma at one, and it is over."""
    course = await a_course(scheduling)
    await course.enrols("amal", "basma")
    for day in (24, 25):
        await course.schedules(day)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(course.sessions[0], **{"amal": "present", "basma": "present", **marks})
    await course.marks(course.sessions[1], **{"amal": "present", "basma": "absent", **marks})
    assert (await course.closes()).status_code == 200
    await scheduling.does_jobs()
    await scheduling.said()
    return course


async def status_of(scheduling: Scheduling, name: str) -> str:
    rows = {row["person_id"]: row["status"] for row in await scheduling.rows(enrolment)}
    return str(rows[an_id(name)])
