"""A call below its minimum: when its coordinators are asked, and officers who answer."""

from datetime import UTC, datetime

from shared.contracts.registration import SeatOffered
from tests.services.registration.course import Course

THREE_WEEKS_BEFORE = datetime(2018, 6, 2, 21, tzinfo=UTC)


async def answers(course: Course, offered: SeatOffered, answer: str = "decline") -> None:
    """Who was offered a seat answers by the link."""
    path = offered.link.removeprefix("http://cadre.test/registration")
    shown = await course.registration.client().post(path, data={"answer": answer})
    assert shown.status_code == 200, shown.text
