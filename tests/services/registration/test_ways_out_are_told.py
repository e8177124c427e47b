"""A coordinator is told what would let somebody take a held seat, and who that would be."""

import re

import httpx
import pytest

from services.registration.queries import call_page
from shared.contracts.registration import CallChanged, NominationSelected, SeatOffered
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.test_held_seats_are_decided import (
    WHY,
    a_held_seat,
    of_reference,
)


async def test_the_least_change_of_a_quota_is_named_with_who_would_get_the_seat(
    registration: Registration,
) -> None:
    course, _ = await a_held_seat(registration)

    address = f"/calls/{course.call_id}/seats/held/ways-out"
    shown = (await course.coordinator.get(address)).json()
    focal_point = await course.points["TN"].get(address)

    first = await of_reference(registration, "TN-002")
    assert shown["ways_out"] == [
        {
            "changes": [
                {"dimension": "sex", "value": "female", "bound": "minimum", "now": 1, "to": 0}
            ],
            "words": "Women: at least 0 instead of 1",
            "would_take": str(first["id"]),
        }
    ]
    assert focal_point.status_code == 404


async def test_it_is_told_in_the_reader_s_language(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)
    address = f"/calls/{course.call_id}/seats/held/ways-out"

    shown = await course.coordinator.get(address, headers={"Accept-Language": "ar"})

    (way,) = shown.json()["ways_out"]
    assert way["words"].startswith("النساء")
    assert not re.search("[a-z<]", way["words"])


async def test_the_page_of_the_call_shows_it(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)

    page = (await course.coordinator.get(f"/calls/{course.call_id}/page")).text

    assert "Each of these changes would be enough:" in page
    assert "The seat would go to" in page


async def test_where_many_wait_the_page_looks_for_it_when_asked(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course, seat = await a_held_seat(registration)
    monkeypatch.setattr(call_page, "MOST_WAITING", 1)
    address = f"/calls/{course.call_id}/page"

    plain = (await course.coordinator.get(address)).text
    asked = (await course.coordinator.get(f"{address}?ways-out=yes")).text

    assert f"{address}?ways-out=yes#seat-{seat}" in plain
    assert "Each of these changes would be enough:" not in plain
    assert "Each of these changes would be enough:" in asked
    assert f"{address}?ways-out=yes#seat-{seat}" not in asked


async def test_nothing_is_told_once_nobody_waits(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)
    for reference in ("TN-002", "TN-003"):
        row = await of_reference(registration, reference)
        await course.points["TN"].post(f"/nominations/{row['id']}/withdrawal")

    shown = (await course.coordinator.get(f"/calls/{course.call_id}/seats/held/ways-out")).json()

    assert shown["ways_out"] == []


async def test_no_seat_more_is_proposed_where_every_seat_is_taken(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1)
    for number in (1, 2):
        await course.nominates("JO", number)
    await course.selects()

    shown = (await course.coordinator.get(f"/calls/{course.call_id}/seats/held/ways-out")).json()

    assert shown["ways_out"] == []


async def test_a_way_out_that_is_taken_gives_the_seat_and_is_on_record(
    registration: Registration,
) -> None:
    course, _ = await a_held_seat(registration)
    address = f"/calls/{course.call_id}/seats/held/ways-out"
    (way_out,) = (await course.coordinator.get(address)).json()["ways_out"]
    changes = [
        {name: one[name] for name in ("dimension", "value", "bound", "to")}
        for one in way_out["changes"]
    ]

    answer = await relaxes(course, changes)

    said = await registration.said(CallChanged, NominationSelected, SeatOffered)
    kept = (await course.coordinator.get(f"/calls/{course.call_id}/quotas/relaxations")).json()
    assert answer.status_code == 200, answer.text
    assert [type(one) for one in said] == [CallChanged, NominationSelected, SeatOffered]
    assert str(said[1].nomination_id) == way_out["would_take"]
    assert ("sex", 0) in [(one.dimension, one.minimum) for one in said[0].quotas]
    assert (kept["items"][0]["reason"], kept["items"][0]["changes"]) == (WHY, changes)
    assert (await course.seats())["held"] == 0
    assert (await relaxes(course, changes)).json()["code"] == "seat-is-not-held"


async def test_a_bound_is_only_made_wider_and_by_coordinators(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)
    women = {"dimension": "sex", "value": "female", "bound": "minimum"}

    answers = [
        await relaxes(course, [{**women, "to": 1}]),
        await relaxes(course, [{**women, "value": "male", "to": 0}]),
        await relaxes(course, [{**women, "to": 0}], course.points["TN"]),
        await relaxes(course, [{**women, "to": 0}], registration.client("auditor")),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (422, "quota-is-not-relaxed"),
        (422, "quota-is-not-relaxed"),
        (404, "not-found"),
        (404, "not-found"),
    ]


async def relaxes(
    course: Course, changes: list[dict[str, object]], who: httpx.AsyncClient | None = None
) -> httpx.Response:
    """Somebody gives up bounds."""
    body = {"changes": changes, "reason": WHY}
    address = f"/calls/{course.call_id}/quotas/relaxation"
    return await (who or course.coordinator).post(address, json=body)
