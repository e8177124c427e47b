"""Screening: a list goes out, results come back, only who is cleared is given a seat; a party
learns nothing of what came of it."""

import asyncio
import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import httpx
import openpyxl
import pytest

from services.registration.commands.screening_ends import EXPIRE_CLEARANCE, forget_screenings
from services.registration.tables import call, nomination, screening, screening_result
from shared.context import Actor
from shared.contracts.registration import ScreeningDecided, ScreeningStarted, SeatOffered
from shared.database import lock_row
from shared.tables import job, outbox
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    PROJECT,
    Course,
    a_course,
    an_officer,
    the_activity,
)
from tests.services.registration.test_persons_are_erased import somebody_waits
from tests.services.registration.test_the_selection_is_made_in_steps import a_run

OF_PROJECT = f"/projects/{PROJECT}/screening"
CSV = {"Content-Type": "text/csv"}
HEADER = "reference,result,valid_from,valid_until"
BLANKED = ("valid_from", "valid_until", "decided_at")


async def a_screened_course(registration: Registration, **call: Any) -> Course:
    """A course whose project has its nominees screened."""
    course = await a_course(registration, **call)
    asked = await course.coordinator.put(
        OF_PROJECT, json={"asked_for": True}, headers={"If-Match": '"0"'}
    )
    assert asked.status_code == 200, asked.text
    return course


async def goes_out(course: Course) -> dict[str, str]:
    """A list goes to the vetting office: the reference of each family name."""
    made = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    assert made.status_code == 201, made.text
    file = await course.coordinator.get(
        f"/screening/lists/{made.json()['id']}/file", params={"format": "csv"}
    )
    rows = csv.DictReader(StringIO(file.content.decode("utf-8-sig")))
    return {row["given_name"]: row["reference"] for row in rows}


async def comes_back(
    course: Course,
    *rows: str,
    header: str = "reference,result,valid_from,valid_until",
    **query: Any,
) -> httpx.Response:
    """A file of results."""
    content = "\n".join((header, *rows)).encode()
    return await course.coordinator.post(
        f"{OF_PROJECT}/results", params=query, content=content, headers=CSV
    )


async def standing(course: Course) -> dict[str, str]:
    """Where every screening stands, by officer reference, as a coordinator sees it."""
    listed = await course.coordinator.get(f"/calls/{course.call_id}/nominations")
    return {one["officer_reference"]: one["screening"] for one in listed.json()["items"]}


async def test_only_who_is_cleared_is_offered_a_seat(registration: Registration) -> None:
    course = await a_screened_course(registration, seats=2)
    for number in (1, 2, 3, 4):
        await course.nominates("JO" if number < 3 else "TN", number)
    known = await goes_out(course)

    taken = await comes_back(
        course,
        f"{known['Given 1']},not cleared,,",
        f"{known['Given 2']},cleared,2018-04-01,2018-12-31",
        f"{known['Given 3']},,,",
        f"{known['Given 4']},cleared,,2018-06-27",
    )
    selected = await course.selects()

    assert (taken.status_code, taken.json()) == (
        200,
        {
            "rows": 4,
            "decided": 3,
            "unchanged": 0,
            "waiting": 1,
            "dropped_columns": [],
            "preview": False,
        },
    )
    assert selected.status_code == 200, selected.text
    assert await course.standing() == {
        "JO-001": "waitlisted",
        "JO-002": "selected",
        "TN-003": "waitlisted",
        "TN-004": "waitlisted",
    }
    assert await standing(course) == {
        "JO-001": "not_cleared",
        "JO-002": "cleared",
        "TN-003": "pending",
        "TN-004": "expired",
    }


async def test_quotas_that_wait_for_screening_say_how_many_wait(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=2, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("JO", 2)
    await course.nominates("TN", 3, sex="female")
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")

    shown = await course.coordinator.get(f"/calls/{course.call_id}/feasibility")
    refused = await course.selects()

    assert (shown.json()["nominated"], shown.json()["waiting_for_clearance"]) == (0, 2)
    assert refused.json()["code"] == "quotas-cannot-be-met"
    assert "wait for screening: 2" in refused.json()["detail"]


async def test_a_free_seat_goes_to_who_is_cleared_later(registration: Registration) -> None:
    course = await a_screened_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.nominates("TN", 2)
    known = await goes_out(course)
    await course.selects()
    nobody = await course.standing()
    await registration.said()

    await comes_back(course, f"{known['Given 2']},cleared,,")

    (offered,) = await registration.said(SeatOffered)
    assert set(nobody.values()) == {"waitlisted"}
    assert (offered.party, (await course.standing())["TN-002"]) == ("TN", "selected")


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


async def test_one_reason_is_given_to_all_who_were_not_in_the_pool(
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

    listed = (await course.points["JO"].get(f"/calls/{course.call_id}/nominations")).json()["items"]

    not_in_it = [{"code": "not-in-pool", "dimension": None, "chance": None}]
    told = {one["officer_reference"]: one["outcome_reason"] for one in listed}
    assert told.pop("JO-002") is None
    assert list(told.values()) == [not_in_it] * 5


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


async def test_a_lottery_tells_the_chance_of_all_who_stand(registration: Registration) -> None:
    course = await a_screened_course(registration, method="lottery", seats=1)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,", f"{known['Given 2']},not cleared,,")
    await registration.moves_to(AFTER_THE_DEADLINE)
    await a_run(course)

    told = await course.points["JO"].get(f"/calls/{course.call_id}/chances")

    found = [(one["officer_reference"], one["chance"]) for one in told.json()["items"]]
    assert found == [("JO-001", "1"), ("JO-002", "0"), ("JO-003", "0")]
    assert [one["code"] is None for one in told.json()["items"]] == [False, True, True]


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


async def test_an_offer_cannot_be_accepted_by_who_is_not_cleared_any_more(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration, seats=1)
    nominated = await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,")
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    link = offered.link.removeprefix("http://cadre.test").removeprefix("/registration")
    await comes_back(course, f"{known['Given 1']},not cleared,,")

    accepted = await registration.client().post(link, data={"answer": "accept"})
    status = (await course.standing())["JO-001"]
    declined = await registration.client().post(link, data={"answer": "decline"})

    assert accepted.json()["code"] == "seat-cannot-be-offered-now"
    assert "clear" not in accepted.text.lower().replace("cannot be given", "")
    assert status == "selected"
    assert declined.status_code == 200
    assert nominated["status"] == "submitted"


async def test_a_held_seat_is_not_awarded_to_who_is_not_cleared(registration: Registration) -> None:
    parties = [{"party": "JO", "maximum": 1}, {"party": "TN", "maximum": 1}]
    course = await a_screened_course(registration, seats=1, parties=parties)
    await course.nominates("JO", 1)
    waiting = await course.nominates("TN", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,", f"{known['Given 2']},not cleared,,")
    await course.selects()
    listed = await course.coordinator.get(f"/calls/{course.call_id}/nominations")
    seated = next(one for one in listed.json()["items"] if one["status"] == "selected")
    await course.points["JO"].post(f"/nominations/{seated['id']}/withdrawal")
    await registration.hears_itself()

    awarded = await course.coordinator.post(
        f"/calls/{course.call_id}/seats/1/award",
        json={"nomination_id": waiting["id"], "reason": "none other"},
    )

    assert awarded.json()["code"] == "seat-cannot-be-offered-now", awarded.text


async def test_grounds_are_refused_and_other_columns_not_read(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    one = known["Given 1"]

    by_heading = await comes_back(course, f"{one},cleared,suspect", header="reference,result,Motif")
    by_look = await comes_back(
        course, f"{one},cleared,was seen with somebody else", header="reference,result,X"
    )
    in_result = await comes_back(course, f"{one},not cleared: smuggling,,")
    preview = await comes_back(
        course, f"{one},cleared,17", header="reference,result,File no", preview=True
    )
    untouched = await registration.rows(screening_result)
    taken = await comes_back(course, f"{one},cleared,17", header="reference,result,File no")

    assert [(one.status_code, one.json()["code"]) for one in (by_heading, by_look)] == [
        (422, "grounds-are-not-taken")
    ] * 2
    assert by_look.json()["errors"][0]["path"] == "file, column 3"
    assert "somebody" not in by_look.text
    assert (in_result.json()["code"], "smuggling" in in_result.text) == (
        "results-are-not-valid",
        False,
    )
    assert in_result.json()["errors"][0]["code"] == "result-unknown"
    assert (preview.json()["preview"], preview.json()["decided"], untouched) == (True, 1, [])
    assert taken.json()["dropped_columns"] == [3]
    (kept,) = await registration.rows(screening_result)
    assert "17" not in json.dumps(kept["answer"])


async def test_every_bad_row_is_named_and_none_is_taken(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    one, two = known["Given 1"], known["Given 2"]

    refused = await comes_back(
        course,
        f"{one},cleared,2018-06-01,2018-05-01",
        f"{two},cleared,03/04/2018,",
        f"{two},cleared,,",
        "S-UNKNOWN,cleared,,",
        ",cleared,,",
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "results-are-not-valid")
    assert [(one["path"], one["code"]) for one in refused.json()["errors"]] == [
        ("row 2, column valid_until", "dates-turned"),
        ("row 3, column valid_from", "date-order-needed"),
        ("row 4, column reference", "reference-twice"),
        ("row 5, column reference", "reference-unknown"),
        ("row 6, column reference", "value-missing"),
    ]
    assert {one["state"] for one in await registration.rows(screening)} == {"pending"}


async def test_the_workbook_that_went_out_comes_back(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1, names=[{"script": "Latn", "given": "=1+1", "family": "Haddad"}])
    made = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    file = await course.coordinator.get(f"/screening/lists/{made.json()['id']}/file")
    book = openpyxl.load_workbook(BytesIO(file.content))
    sheet = book.active
    assert sheet is not None
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("result") + 1).value = "cleared"
    sheet.cell(2, header.index("valid_until") + 1).value = datetime(2019, 1, 1)  # noqa: DTZ001
    content = BytesIO()
    book.save(content)

    address = f"{OF_PROJECT}/results"
    taken = await course.coordinator.post(address, content=content.getvalue(), headers=CSV)
    again = await course.coordinator.post(address, content=content.getvalue(), headers=CSV)

    assert sheet.cell(2, header.index("given_name") + 1).data_type == "s"
    assert (taken.status_code, taken.json()["decided"]) == (200, 1), taken.text
    assert again.json() == {**taken.json(), "decided": 0, "unchanged": 1}
    assert await standing(course) == {"JO-001": "cleared"}
    assert len(await registration.said(ScreeningDecided)) == 1


async def test_nobody_is_listed_twice_until_a_clearance_ends(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    nobody = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    await comes_back(course, f"{known['Given 1']},cleared,,2018-06-28")
    before = await standing(course)

    await registration.hears(the_activity(ends_on=datetime(2018, 7, 5, tzinfo=UTC).date()))
    after = await standing(course)
    again = await goes_out(course)

    assert nobody.json()["code"] == "nobody-to-screen"
    assert (before, after) == ({"JO-001": "cleared"}, {"JO-001": "expired"})
    assert again.keys() == known.keys()
    assert again != known
    assert await standing(course) == {"JO-001": "pending"}


async def test_what_comes_back_for_an_earlier_list_is_left_aside(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,2018-06-27")
    again = await goes_out(course)

    rows = (f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,")
    preview = await comes_back(course, *rows, preview=True)
    taken = await comes_back(course, *rows)
    renewed = await comes_back(course, f"{again['Given 1']},cleared,,")

    assert again.keys() == {"Given 1"}
    assert (preview.status_code, taken.status_code) == (200, 200), taken.text
    assert (taken.json()["decided"], taken.json()["unchanged"]) == (1, 1)
    assert renewed.json()["decided"] == 1
    assert await standing(course) == {"JO-001": "cleared", "JO-002": "cleared"}


async def test_a_clearance_expires_on_its_day(registration: Registration) -> None:
    course = await a_course(registration)
    await course.coordinator.put(
        OF_PROJECT, json={"asked_for": True, "valid_days": 30}, headers={"If-Match": '"0"'}
    )
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,")
    (kept,) = await registration.rows(screening)

    await registration.moves_to(datetime(2018, 5, 4, 1, tzinfo=UTC))
    await registration.does_jobs()

    (ended,) = await registration.rows(screening)
    assert (str(kept["valid_until"]), kept["state"]) == ("2018-05-02", "cleared")
    assert ended["state"] == "expired"


@pytest.mark.parametrize("state", ["planned", "cancelled"])
async def test_results_are_forgotten_six_weeks_after_the_end(
    registration: Registration, state: str
) -> None:
    course = await a_screened_course(registration)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    known = await goes_out(course)
    await comes_back(
        course, f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,2030-01-01"
    )
    await registration.hears(the_activity(state=state))
    end = datetime(2018, 6, 28, 20, 59, tzinfo=UTC)

    await registration.moves_to(end + timedelta(weeks=6, seconds=-1))
    await registration.does_jobs()
    before = {one["state"] for one in await registration.rows(screening)}
    await registration.moves_to(end + timedelta(weeks=6))
    await registration.does_jobs()
    after = await registration.rows(screening)
    await registration.service.context.commit(
        partial(forget_screenings, call_id=UUID(course.call_id)),
        actor=Actor("registration", "service"),
        correlation_id="again",
    )
    late = await comes_back(course, f"{known['Given 3']},not cleared,,")

    assert before == {"not_cleared", "cleared", "pending"}
    assert {one["state"] for one in after} == {"forgotten"}
    assert {one[name] for one in after for name in BLANKED} == {None}
    assert [one for one in await registration.rows(job) if one["kind"] == EXPIRE_CLEARANCE] == []
    assert (late.json()["decided"], await registration.rows(screening)) == (0, after)


async def test_an_activity_put_off_keeps_results_longer(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")
    later = {"starts_on": date(2018, 9, 2), "ends_on": date(2018, 9, 6)}
    await registration.hears(the_activity(**later))

    await registration.moves_to(datetime(2018, 8, 10, tzinfo=UTC))
    await registration.does_jobs()
    (kept,) = await registration.rows(screening)
    await registration.moves_to(datetime(2018, 10, 19, tzinfo=UTC))
    await registration.does_jobs()

    (forgotten,) = await registration.rows(screening)
    assert (kept["state"], forgotten["state"]) == ("not_cleared", "forgotten")


async def test_nobody_is_listed_for_an_activity_that_is_over(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)

    await registration.moves_to(datetime(2018, 6, 29, tzinfo=UTC))
    refused = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})

    assert refused.json()["code"] == "nobody-to-screen"


async def test_results_at_the_moment_of_an_erasure_are_left_aside(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)

    async with registration.database.writing() as connection:
        await lock_row(connection, call, id=UUID(course.call_id))
        coming = asyncio.create_task(comes_back(course, f"{known['Given 1']},cleared,,"))
        await somebody_waits(registration)
        await connection.execute(screening.update().values(state="forgotten"))
    taken = await coming

    (kept,) = await registration.rows(screening)
    assert (taken.status_code, taken.json().get("decided")) == (200, 0)
    assert kept["state"] == "forgotten"


async def test_nobody_is_listed_at_the_moment_of_their_erasure(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,2018-06-27")

    async with registration.database.writing() as connection:
        await lock_row(connection, call, id=UUID(course.call_id))
        listing = asyncio.create_task(course.coordinator.post(f"{OF_PROJECT}/lists", json={}))
        await somebody_waits(registration)
        await connection.execute(screening.update().values(state="forgotten"))
    refused = await listing

    (kept,) = await registration.rows(screening)
    assert refused.json().get("code") == "nobody-to-screen"
    assert kept["screening_reference"] == known["Given 1"]


async def test_auditors_read_numbers_only(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")
    auditor = registration.client("auditor")

    numbers = await auditor.get(OF_PROJECT)
    listed = await auditor.get(f"/calls/{course.call_id}/nominations")
    denied = [
        await auditor.get(f"/calls/{course.call_id}/screening"),
        await auditor.post(f"{OF_PROJECT}/lists", json={}),
    ]

    assert numbers.json()["standing"] == {"not_cleared": 1, "pending": 1}
    assert {one["screening"] for one in listed.json()["items"]} == {None}
    assert [one.status_code for one in denied] == [404, 404]


async def test_events_say_how_many_and_neither_who_nor_which(registration: Registration) -> None:
    course = await a_screened_course(registration)
    nominated = await course.nominates("JO", 1)
    await registration.said()

    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},not cleared,,")

    started, decided = await registration.said(ScreeningStarted, ScreeningDecided)
    assert (started.nominations, decided.nominations) == (1, 1)
    bodies = [one["body"] for one in await registration.rows(outbox)]
    about = [one for one in bodies if b"registration.screening" in one]
    hidden = (nominated["id"], nominated["person_id"], "cleared", known["Given 1"], "JO-001")
    assert len(about) == 2
    assert not [one for one in about if any(word.encode() in one for word in hidden)]


async def test_of_an_erased_officer_only_the_reference_is_known(registration: Registration) -> None:
    course = await a_screened_course(registration)
    nominated = await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,2018-04-01,2019-01-01")

    await course.admin.post(f"/persons/{nominated['person_id']}/erasure")
    late = await comes_back(
        course, f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,"
    )

    rows = {row["screening_reference"]: row for row in await registration.rows(screening)}
    erased = rows[known["Given 1"]]
    assert (erased["state"], erased["valid_from"], erased["valid_until"]) == (
        "forgotten",
        None,
        None,
    )
    assert (late.json()["decided"], late.json()["unchanged"]) == (1, 1)


async def test_nothing_changes_where_nobody_is_screened(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)

    refused = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    await course.selects()
    listed = await course.points["JO"].get(f"/calls/{course.call_id}/nominations")

    assert refused.json()["code"] == "nobody-to-screen"
    assert [(one["status"], one["screening"]) for one in listed.json()["items"]] == [
        ("selected", None)
    ]


async def test_asking_for_it_needs_the_present_version(registration: Registration) -> None:
    course = await a_screened_course(registration)

    stale = await course.coordinator.put(
        OF_PROJECT, json={"asked_for": False}, headers={"If-Match": '"0"'}
    )
    unsaid = await course.coordinator.put(OF_PROJECT, json={"asked_for": False})
    stopped = await course.coordinator.put(
        OF_PROJECT, json={"asked_for": False}, headers={"If-Match": '"1"'}
    )

    assert [one.status_code for one in (stale, unsaid, stopped)] == [412, 428, 200]
    assert stopped.json()["asked_for"] is False


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"reference,result\n", "file-empty"),
        (b"a,b\n1,2\n", "column-missing"),
        (b"%PDF-1.7 something", "file-is-pdf"),
    ],
)
async def test_what_is_no_list_of_results_is_refused(
    registration: Registration, content: bytes, code: str
) -> None:
    course = await a_screened_course(registration)

    refused = await course.coordinator.post(f"{OF_PROJECT}/results", content=content, headers=CSV)

    assert [one["code"] for one in refused.json()["errors"]] == [code]
