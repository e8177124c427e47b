"""A selection board of three, and what its reviewers do."""

from typing import Any
from uuid import UUID

import httpx

from services.registration.tables import nomination
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, registers
from tests.services.registration.made_once import made_once
from tests.services.registration.runs import a_full_course

UNTIL = {"local": "2018-05-25T16:00:00", "zone": "Asia/Amman"}
CRITERIA = [
    {"code": "experience", "names": {"en": "Experience"}, "weight": 2},
    {"code": "role", "names": {"en": "Role"}, "weight": 1},
]


class Reviewers:
    """The people of a board, and what they do."""

    def __init__(
        self, course: Course, people: list[UUID], signed_in: list[httpx.AsyncClient]
    ) -> None:
        self.course, self.people, self.signed_in = course, people, signed_in

    def described(self, **other: Any) -> dict[str, Any]:
        """The board as it is asked for; the first of them chairs it."""
        reviewers = [
            {"person_id": str(one), "chairs": place == 0} for place, one in enumerate(self.people)
        ]
        return {"reviewers": reviewers, "criteria": CRITERIA, "scores_until": UNTIL, **other}

    async def asks(self, number: int, what: str, body: Any = None) -> httpx.Response:
        """A reviewer does something; the first is number 0."""
        address = f"/calls/{self.course.call_id}/board/{what}"
        person = self.signed_in[number]
        return await (person.get(address) if body is None else person.post(address, json=body))

    async def scores(self, number: int, **by_reference: tuple[int, int]) -> httpx.Response:
        """A reviewer scores officers, called `JO_001`, in both criteria."""
        ids = await self.ids()
        given = [
            {"nomination_id": ids[name], "scores": {"experience": first, "role": second}}
            for name, (first, second) in by_reference.items()
        ]
        return await self.asks(number, "scores", {"nominations": given})

    async def ids(self) -> dict[str, str]:
        """Nominations by reference, called `JO_001`."""
        rows = await self.course.registration.rows(nomination)
        return {row["officer_reference"].replace("-", "_"): str(row["id"]) for row in rows}

    async def score_everybody(self, number: int, score: int = 3) -> httpx.Response:
        """A reviewer gives the same to all that they may judge, and hands in."""
        reviews = (await self.asks(number, "reviews")).json()["nominations"]
        mine = {
            one["officer_reference"].replace("-", "_"): (score, score)
            for one in reviews
            if one["conflict"] is None and not one["scores"]
        }
        if mine:
            await self.scores(number, **mine)
        return await self.asks(number, "submission", {})


async def three_reviewers(course: Course) -> Reviewers:
    """Two of the organisation, and one from Tunisia who nominates for nobody."""
    people = [
        await registers(course, subject="chair"),
        await registers(course, subject="expert"),
        await registers(course, subject="tunisian", party="TN"),
    ]
    subjects = ("chair", "expert", "tunisian")
    return Reviewers(
        course, people, [course.registration.client("instructor", subject=one) for one in subjects]
    )


@made_once
async def a_board(registration: Registration, **call: Any) -> Reviewers:
    """A board of three for a call after its deadline."""
    course = await a_full_course(registration, **call)
    reviewers = await three_reviewers(course)
    address = f"/calls/{course.call_id}/board"
    opened = await course.coordinator.post(address, json=reviewers.described())
    assert opened.status_code == 201, opened.text
    return reviewers


async def closes(course: Course) -> httpx.Response:
    """The coordinator ends the scoring."""
    return await course.coordinator.post(f"/calls/{course.call_id}/board/closing")
