"""Auditors see what is coded: who it is about stays with the party and the coordinators."""

import csv
from io import BytesIO, StringIO
from typing import Any

from pypdf import PdfReader

from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course
from tests.services.registration.made_once import made_once
from tests.services.registration.reviewers import closes, three_reviewers
from tests.services.registration.runs import a_run

PERSONAL: dict[str, Any] = {
    "officer_reference": "JO-SECRET",
    "names": [{"script": "Latn", "given": "Raniasecret", "family": "Haddadsecret"}],
    "email": "secret@example.org",
    "phone": "+962790123456",
    "unit_name": "Secret Unit",
    "rank_title": "Secret Rank",
}
CODED: dict[str, Any] = {
    "sex": "female",
    "unit": "immigration",
    "rank_band": "senior",
    "wants_sms": True,
}


@made_once
async def a_nominee(registration: Registration) -> tuple[Course, dict[str, str]]:
    """A course with one officer of whom everything is known."""
    course = await a_course(registration)
    return course, await course.nominates("JO", 1, **PERSONAL, **CODED)


async def test_no_answer_tells_an_auditor_who_it_is(registration: Registration) -> None:
    course, nominated = await a_nominee(registration)
    auditor = registration.client("auditor")
    addresses = [
        "/persons",
        f"/persons/{nominated['person_id']}",
        f"/calls/{course.call_id}/nominations",
        f"/calls/{course.call_id}/nominations.csv",
        f"/calls/{course.call_id}/page",
        f"/calls/{course.call_id}",
        f"/calls/{course.call_id}/seats",
        "/",
    ]

    read = [await auditor.get(address) for address in addresses]

    assert [answer.status_code for answer in read] == [200] * len(addresses)
    for answer in read:
        assert "secret" not in answer.text.lower(), answer.url
        assert "790123456" not in answer.text, answer.url


async def test_an_auditor_reads_what_is_coded(registration: Registration) -> None:
    course, nominated = await a_nominee(registration)
    auditor = registration.client("auditor")

    person = (await auditor.get(f"/persons/{nominated['person_id']}")).json()
    listed = (await auditor.get(f"/calls/{course.call_id}/nominations")).json()["items"]
    exported = (await auditor.get(f"/calls/{course.call_id}/nominations.csv")).content
    page = (await auditor.get(f"/calls/{course.call_id}/page")).text

    row = next(csv.DictReader(StringIO(exported.decode("utf-8-sig"))))
    assert (person["id"], person["party"]) == (nominated["person_id"], "JO")
    assert [person[name] for name in ("sex", "unit", "rank_band")] == [
        *("female", "immigration", "senior")
    ]
    assert person["names"] == []
    assert {person[name] for name in PERSONAL if name != "names"} == {None}
    assert (listed[0]["id"], listed[0]["priority"]) == (nominated["id"], 1)
    assert (row["party"], row["sex"], row["status"]) == ("JO", "female", "submitted")
    assert nominated["person_id"] in page
    assert "erased" not in page


async def test_those_whose_duty_needs_it_read_everything(registration: Registration) -> None:
    course, nominated = await a_nominee(registration)

    for reader in (course.coordinator, course.points["JO"], course.admin):
        person = (await reader.get(f"/persons/{nominated['person_id']}")).json()
        page = (await reader.get(f"/calls/{course.call_id}/page")).text

        assert {name: person[name] for name in ("email", "unit_name", "rank_title")} == {
            name: PERSONAL[name] for name in ("email", "unit_name", "rank_title")
        }
        assert "Raniasecret" in page


async def test_the_api_says_what_an_auditor_is_not_shown(registration: Registration) -> None:
    told = (await registration.client().get("/openapi.json")).json()["paths"]

    for address in ("/persons", "/persons/{person_id}", "/calls/{call_id}/nominations"):
        assert "coded" in told[address]["get"]["description"], address


async def test_nothing_of_a_board_and_its_selection_tells_an_auditor_who_it_is(
    registration: Registration,
) -> None:
    course, _ = await a_nominee(registration)
    await registration.moves_to(AFTER_THE_DEADLINE)
    reviewers = await three_reviewers(course)
    await course.coordinator.post(f"/calls/{course.call_id}/board", json=reviewers.described())
    for number in range(3):
        await reviewers.score_everybody(number)
    await closes(course)
    run = await a_run(course)
    auditor = registration.client("auditor")
    addresses = [f"/calls/{course.call_id}/board/scores", f"/selection-runs/{run['id']}"]

    read = [await auditor.get(address) for address in addresses]
    minutes = await auditor.get(f"/selection-runs/{run['id']}/minutes")
    own = await course.coordinator.get(f"/selection-runs/{run['id']}/minutes")

    assert [answer.status_code for answer in (*read, minutes, own)] == [200] * 4
    for answer in read:
        assert "secret" not in answer.text.lower(), answer.url
    assert "JO-SECRET" not in _text(minutes.content)
    assert "JO-SECRET" in _text(own.content)


async def test_no_chance_of_a_lottery_tells_an_auditor_who_it_is(
    registration: Registration,
) -> None:
    course = await a_course(registration, method="lottery")
    await course.nominates("JO", 1, **PERSONAL)
    await registration.moves_to(AFTER_THE_DEADLINE)
    await a_run(course)
    address = f"/calls/{course.call_id}/chances"

    audited = await registration.client("auditor").get(address)
    own = await course.points["JO"].get(address)

    assert [one["officer_reference"] for one in audited.json()["items"]] == [None]
    assert [one["officer_reference"] for one in own.json()["items"]] == ["JO-SECRET"]


async def test_the_words_about_an_officer_are_not_for_auditors(registration: Registration) -> None:
    course, nominated = await a_nominee(registration)
    words = {"reason": "Raniasecret is ill."}
    await registration.moves_to(AFTER_THE_DEADLINE)
    asked = await course.points["JO"].post(
        f"/nominations/{nominated['id']}/change-requests",
        json={"change": "priority", "priority": 2, **words},
    )
    given_back = await course.coordinator.post(
        f"/nominations/{nominated['id']}/return",
        json={"reason_code": "details-missing", "correct_until": "2018-05-18", **words},
    )
    auditor = registration.client("auditor")
    addresses = [
        f"/calls/{course.call_id}/change-requests",
        f"/change-requests/{asked.json()['id']}",
        f"/calls/{course.call_id}/returns",
    ]

    read = [await auditor.get(address) for address in addresses]
    own = [await course.coordinator.get(address) for address in addresses]

    assert (asked.status_code, given_back.status_code) == (201, 200), asked.text
    assert [answer.status_code for answer in (*read, *own)] == [200] * 6
    assert not [answer.url for answer in read if "secret" in answer.text.lower()]
    assert not [answer.url for answer in own if "secret" not in answer.text.lower()]


def _text(paper: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
