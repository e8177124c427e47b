"""Clients that are not ours tell who was there and who completed: accepted, with one effect."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.servers.available import Server
from tests.servers.broker import Broker

from .account import answered_twice, lost, settle
from .clients.curl import Curl
from .clients.verdict import Client
from .course import Course, courses, say_whom_it_means
from .letters import binary, structured
from .taking_part import ATTENDED, COMPLETED, TakingPart, wait_for

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def both(taking_part: TakingPart, rabbitmq: Broker) -> Iterator[tuple[Course, Course]]:
    """The course that is held here, and the one that is held elsewhere."""
    with courses(taking_part, rabbitmq) as made:
        yield made


def test_officer_with_an_alias_was_there(
    client: Client, both: tuple[Course, Course], taking_part: TakingPart
) -> None:
    course, _ = both
    officer = course.officers.pop()
    event = course.event(ATTENDED, officer, session=1, status="late")

    first = client.tell(course.system, structured(event))
    again = client.tell(course.system, binary(event))

    settle(taking_part)
    assert first == again
    assert first.state == "accepted"
    assert course.mark_of(officer) == "late"
    assert course.told_of(officer) == ["scheduling.attendance.recorded.v1"]
    assert (lost(taking_part), answered_twice(course.system)) == (0, 0)


def test_officer_with_an_alias_completed_elsewhere(
    client: Client, both: tuple[Course, Course], taking_part: TakingPart
) -> None:
    _, course = both
    officer = course.officers.pop()
    event = course.event(COMPLETED, officer, outcome="completed", on="2018-03-02")

    first = client.tell(course.system, structured(event))
    again = client.tell(course.system, binary(event))

    wait_for(lambda: course.place_of(officer)["certificate_id"], "a certificate")
    settle(taking_part)
    assert first == again
    assert first.state == "accepted"
    assert course.place_of(officer)["status"] == "completed"
    assert sorted(course.told_of(officer)) == [
        "scheduling.certificate.issued.v1",
        "scheduling.enrolment.completed.v1",
    ]
    assert (lost(taking_part), answered_twice(course.system)) == (0, 0)


def test_what_is_held_takes_effect_when_somebody_says_whom_it_means(
    curl: Server, both: tuple[Course, Course], taking_part: TakingPart
) -> None:
    course, _ = both
    by_http, officer = Curl(curl.address), course.unnamed.pop()
    event = course.event(ATTENDED, officer, session=1, status="excused")
    place = f"/ingress/events/{quote(event['id'], safe='')}"

    held = by_http.tell(course.system, structured(event))
    before = course.mark_of(officer)
    say_whom_it_means(course, officer)

    wait_for(lambda: by_http.ask(course.system, place)[1]["state"] == "accepted", "an answer")
    settle(taking_part)
    listed = taking_part.installation.run("registration", "outsider", "aliases", course.system.code)
    assert (held.state, held.fields) == ("held", {"data.officer"})
    assert (before, course.mark_of(officer)) == (None, "excused")
    assert course.told_of(officer) == ["scheduling.attendance.recorded.v1"]
    assert f"{officer.reference}  →  {officer.person_id}" in listed
