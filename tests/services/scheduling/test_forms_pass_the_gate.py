"""What the forms of the pages send passes the gate that JSON passes."""

from services.scheduling.tables import attendance
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import a_course, amman


async def test_form_that_is_not_text_marks_and_checks_nothing(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(24, 18))

    answers = []
    for path, form in (
        (f"/sessions/{session['id']}/page", {str(an_id("amal")): "present\x00"}),
        (f"/sessions/{session['id']}/page", {"a\x1b": "present"}),
        ("/check", {"number": "2222\x00", "family_name": "Haddad"}),
        ("/check", {"number": "2222", "family_name": "\x85"}),
    ):
        async with course.coordinator() as client:
            answers.append(await client.post(path, data=form))

    assert [answer.status_code for answer in answers] == [400] * 4
    assert await scheduling.rows(attendance) == []
