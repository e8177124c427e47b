"""A party learns nothing of what came of the screening of anybody."""

import json
import re
from typing import Any

from services.registration.tables import nomination
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, PROJECT, an_officer
from tests.services.registration.runs import a_run
from tests.services.registration.screened import (
    CSV,
    OF_PROJECT,
    a_screened_course,
    comes_back,
    goes_out,
)


async def test_a_party_never_learns_what_came_of_it(registration: Registration) -> None:
    course = await a_screened_course(registration, seats=2)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    jordan = course.points["JO"]
    before = (await jordan.get(f"/calls/{course.call_id}/nominations")).json()["items"]
    known = await goes_out(course)
    await comes_back(
        course, f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,2019-01-01"
    )
    await course.selects()
    ids = [one["id"] for one in before]
    person_id = before[0]["person_id"]

    after = (await jordan.get(f"/calls/{course.call_id}/nominations")).json()["items"]
    seen = [
        await jordan.get(path)
        for path in (
            f"/calls/{course.call_id}",
            f"/calls/{course.call_id}/page",
            f"/calls/{course.call_id}/nominations",
            f"/calls/{course.call_id}/nominations.csv",
            f"/calls/{course.call_id}/nominations.csv?lang=ar",
            f"/calls/{course.call_id}/waiting-list",
            f"/calls/{course.call_id}/seats",
            f"/calls/{course.call_id}/seats/held",
            f"/calls/{course.call_id}/quotas",
            f"/calls/{course.call_id}/feasibility",
            f"/calls/{course.call_id}/seats/1/history",
            f"/calls/{course.call_id}/change-requests",
            f"/persons/{person_id}",
            f"/persons/{person_id}/participations",
        )
    ]
    forbidden = [
        await jordan.get(OF_PROJECT),
        await jordan.put(OF_PROJECT, json={"asked_for": False}, headers={"If-Match": '"1"'}),
        await jordan.get(f"/calls/{course.call_id}/screening"),
        await jordan.post(f"{OF_PROJECT}/lists", json={}),
        await jordan.post(f"{OF_PROJECT}/results", content=b"reference,result", headers=CSV),
        await jordan.post(
            f"{OF_PROJECT}/results?preview=true", content=b"reference,result\nx,y", headers=CSV
        ),
    ]
    refused = await jordan.post(
        f"/nominations/{ids[1]}/replacement", json={"officer": an_officer("JO", 9), "priority": 9}
    )

    assert [one["screening"] for one in before] == ["pending"] * 3
    assert {one["officer_reference"]: one["screening"] for one in after} == {
        "JO-001": "not_available",
        "JO-002": "not_available",
        "JO-003": "pending",
    }
    words = [one for one in seen if "clear" in one.text.lower()]
    assert [one.request.url.path for one in words] == []
    assert [one.status_code for one in forbidden] == [404] * 6
    assert refused.json()["code"] == "seat-cannot-be-offered-now"
    assert not {"screen", "clear", "vett"} & set(json.dumps(refused.json()).lower().split())
    assert "screen" not in refused.text.lower()


async def test_one_reason_is_given_to_all_who_were_not_selected(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=1, takes_late=True)
    for number in (1, 2, 3, 4):
        await course.nominates("JO", number)
    known = await goes_out(course)
    await comes_back(
        course,
        f"{known['Given 1']},not cleared,,",
        f"{known['Given 2']},cleared,,",
        f"{known['Given 3']},cleared,,2018-06-01",
    )
    await registration.moves_to(AFTER_THE_DEADLINE)
    await course.nominates("JO", 5)
    await course.selects()
    await course.nominates("JO", 6)

    address = f"/calls/{course.call_id}/nominations"
    told = reasons((await course.points["JO"].get(address)).json())
    noted = reasons((await course.coordinator.get(address)).json())

    assert told.pop("JO-002") is None
    assert noted.pop("JO-002") is None
    assert list(told.values()) == [["not-told"]] * 5
    assert list(noted.values()) == [["not-in-pool"]] * 5


def reasons(listed: Any) -> dict[str, list[str] | None]:
    """The codes of why each was not selected, by officer reference."""
    return {
        one["officer_reference"]: one["outcome_reason"]
        and [why["code"] for why in one["outcome_reason"]]
        for one in listed["items"]
    }


async def test_whoever_could_not_have_a_seat_is_passed_over_alike_in_its_place(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=1)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    await course.nominates("TN", 4)
    known = await goes_out(course)
    await comes_back(
        course,
        f"{known['Given 1']},cleared,,",
        f"{known['Given 2']},not cleared,,",
        f"{known['Given 4']},cleared,,",
    )
    await course.selects()
    jordan, address = course.points["JO"], f"/calls/{course.call_id}"
    listed = (await jordan.get(f"{address}/waiting-list")).json()["items"]

    nominees = (await jordan.get(f"{address}/nominations")).json()["items"]
    await jordan.post(f"/nominations/{nominees[0]['id']}/withdrawal")
    await registration.hears_itself()
    (passing,) = (await jordan.get(f"{address}/seats/1/history")).json()["items"]

    over = [(one["place"], one["nomination_id"]) for one in passing["passed_over"]]
    assert over == [(one["place"], one["nominee"]["id"]) for one in listed]
    assert {one["reason"] for one in passing["passed_over"]} == {0}
    assert {one["eligible"] for one in listed} == {True}


async def test_a_party_reads_of_what_blocks_whatever_came_of_its_screenings(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=3, women_minimum=2)
    for number, sex in enumerate(("male", "female", "female"), start=1):
        await course.nominates("TN" if number == 1 else "JO", number, sex=sex)
    address = f"/calls/{course.call_id}/waiting-list"
    known = await goes_out(course)
    await registration.moves_to(AFTER_THE_DEADLINE)
    waits = nomination.update().values(status="waitlisted")
    async with registration.database.writing() as connection:
        await connection.execute(waits)

    async def read() -> list[tuple[bool, list[Any]]]:
        items = (await course.points["JO"].get(address)).json()["items"]
        return [(one["eligible"], one["blocked_by"]) for one in items]

    pending = await read()
    await comes_back(course, f"{known['Given 2']},not cleared,,", f"{known['Given 3']},cleared,,")

    assert pending == [(True, []), (True, [])]
    assert await read() == pending
    assert len((await course.coordinator.get(address)).json()["items"]) == 3


async def test_a_lottery_tells_a_party_neither_chances_nor_who_was_in_it(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, method="lottery", seats=1)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,", f"{known['Given 2']},not cleared,,")
    await registration.moves_to(AFTER_THE_DEADLINE)
    await a_run(course)

    untold = await course.points["JO"].get(f"/calls/{course.call_id}/chances")
    told = await course.coordinator.get(f"/calls/{course.call_id}/chances")
    draws = [
        (await one.get(f"/calls/{course.call_id}/draw")).json()
        for one in (course.points["JO"], registration.client("auditor"))
    ]

    found = [(one["officer_reference"], one["chance"]) for one in told.json()["items"]]
    assert untold.json()["code"] == "chances-are-not-told"
    assert found == [("JO-001", "1"), ("JO-002", "0"), ("JO-003", "0")]
    assert draws[0]["commitment"] == draws[1]["commitment"]
    assert [one["published"] is None for one in draws] == [True, False]
    assert [one["pool_digest"] is None for one in draws] == [True, False]


async def test_every_address_hides_it_from_a_party(registration: Registration) -> None:
    course = await a_screened_course(registration, seats=1)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")
    paths = (await registration.client().get("/openapi.json")).json()["paths"]
    (row,) = await registration.rows(nomination)
    ids = {
        "call_id": course.call_id,
        "nomination_id": row["id"],
        "person_id": row["person_id"],
        "project_id": PROJECT,
    }
    readable = [
        path.format(**ids)
        for path, operations in paths.items()
        if "get" in operations and set(re.findall(r"{(\w+)}", path)) <= ids.keys()
    ]

    answers = [await course.points["JO"].get(path) for path in readable if "story" not in path]

    told = [one for one in answers if one.status_code == 200]
    assert len(told) > 8
    assert [one.request.url.path for one in told if "not_cleared" in one.text] == []
    assert [one.request.url.path for one in told if "cleared" in one.text] == []
