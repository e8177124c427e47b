"""Two worlds that differ in one thing, what came of a screening, look alike to a focal point."""

import csv
import re
from dataclasses import dataclass
from io import StringIO
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    PROJECT,
    Course,
    a_call,
    the_activity,
)
from tests.services.registration.made_once import made_once
from tests.services.registration.runs import a_run
from tests.services.registration.screened import OF_PROJECT, a_screened_course, comes_back

AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_A_SEED = re.compile(r"[0-9a-f]{64}")
PLACES = {"call_id", "nomination_id", "project_id", "seat"}
OTHERS = ("/calls/{call_id}/page", "/calls/{call_id}/nominations.csv?lang=ar")
ONE_EACH = [{"party": "JO", "maximum": 1}, {"party": "TN", "maximum": 1}]
IN_THE_WAY = {"one place for each party": ONE_EACH, "merit": [{"party": "JO"}, {"party": "TN"}]}


@dataclass
class World:
    """A call of its own, with the same officers as in the other."""

    course: Course
    call_id: str
    nominations: dict[str, str]
    seats: int

    async def told(self) -> dict[str, str]:
        """All that Jordan's focal point can read about it, by address; ids and references by the
        order in which they come."""
        jordan = self.course.points["JO"]
        paths = (await jordan.get("/openapi.json")).json()["paths"]
        found: dict[str, str] = {}
        for path in [*paths, *OTHERS]:
            named = set(re.findall(r"{(\w+)}", path))
            if named <= PLACES and named & {"call_id", "nomination_id"}:
                for person_id, nomination_id in self.nominations.items():
                    for seat in range(1, self.seats + 1):
                        told = path.replace("{seat}", str(seat))
                        about = told.replace("{nomination_id}", f"nomination of {person_id}")
                        if about not in found:
                            address = told.format(
                                call_id=self.call_id,
                                nomination_id=nomination_id,
                                project_id=PROJECT,
                            )
                            found[about] = self._plain((await jordan.get(address)).text)
        return found

    def _plain(self, text: str) -> str:
        numbers: dict[str, int] = {}
        counting = count()
        for pattern in (AN_ID, OF_A_SEED):
            text = pattern.sub(lambda one: f"<{numbers.setdefault(one[0], next(counting))}>", text)
        return re.sub(r"AMM-2018-0\d", "AMM", text)


async def a_world(course: Course, number: int, result: str, **call: Any) -> World:
    """A call in which JO-002 gets this result, and all others the same as in any world."""
    activity = an_id(f"activity {number}")
    reference = f"AMM-2018-0{number}"
    await course.registration.hears(the_activity(activity_id=activity, reference=reference))
    body = a_call(activity_id=str(activity), **call)
    course.call_id = (await course.coordinator.post("/calls", json=body)).json()["id"]
    mine = [await course.nominates("JO", one) for one in (1, 2, 3)]
    await course.nominates("TN", 1)
    made = await course.coordinator.post(f"{OF_PROJECT}/lists", json={"call_id": course.call_id})
    file = await course.coordinator.get(
        f"/screening/lists/{made.json()['id']}/file", params={"format": "csv"}
    )
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    known = {(row["party"], row["given_name"]): row["reference"] for row in rows}
    taken = await comes_back(
        course,
        f"{known['JO', 'Given 1']},cleared,,",
        f"{known['JO', 'Given 2']},{result},,",
        f"{known['TN', 'Given 1']},cleared,,",
    )
    assert taken.json()["decided"] == 3, taken.text
    nominations = {one["person_id"]: one["id"] for one in mine}
    return World(course, course.call_id, nominations, body["seats"])


@made_once
async def two_worlds(registration: Registration, **call: Any) -> list[World]:
    """In the first JO-002 is cleared, in the second not."""
    course = await a_screened_course(registration, seats=0)
    return [
        await a_world(course, number, result, **call)
        for number, result in enumerate(("cleared", "not cleared"), start=1)
    ]


def differences(worlds: list[dict[str, str]]) -> list[str]:
    """The addresses by which the two can be told apart."""
    first, second = worlds
    assert first.keys() == second.keys()
    assert len(first) > 15
    return [address for address in first if first[address] != second[address]]


@pytest.mark.parametrize("parties", IN_THE_WAY.values(), ids=IN_THE_WAY)
async def test_who_was_cleared_and_waits_is_told_the_same_as_who_was_not(
    registration: Registration, parties: list[dict[str, Any]]
) -> None:
    worlds = await two_worlds(registration, parties=parties, seats=2)
    course = worlds[0].course
    before = [await one.told() for one in worlds]

    await registration.moves_to(AFTER_THE_DEADLINE)
    for world in worlds:
        answer = await course.coordinator.post(f"/calls/{world.call_id}/selection")
        assert answer.status_code == 200, answer.text
    selected = [await one.told() for one in worlds]
    for world in worlds:
        course.call_id = world.call_id
        listed = (await course.points["TN"].get(f"/calls/{world.call_id}/nominations")).json()
        await course.points["TN"].post(f"/nominations/{listed['items'][0]['id']}/withdrawal")
    if parties is ONE_EACH:
        await registration.hears_itself()
    freed = [await one.told() for one in worlds]

    assert differences(before) == []
    assert differences(selected) == []
    assert differences(freed) == []


async def test_a_lottery_does_not_tell_the_worlds_apart(registration: Registration) -> None:
    worlds = await two_worlds(registration, parties=ONE_EACH, seats=2, method="lottery")
    course = worlds[0].course

    await registration.moves_to(AFTER_THE_DEADLINE)
    for world in worlds:
        course.call_id = world.call_id
        await a_run(course)
    published = [await one.told() for one in worlds]

    assert differences(published) == []


def test_ids_are_told_apart_by_their_order_alone() -> None:
    world = World(None, "", {}, 0)  # type: ignore[arg-type]
    one, other = UUID(int=1), UUID(int=2)

    assert world._plain(f"{one} {other} {one}") == "<0> <1> <0>"
