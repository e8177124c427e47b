"""Who has a seat and asked for one gets a letter of invitation, and is told of it."""

from io import BytesIO

from pypdf import PdfReader

from services.registration.tables import visa_letter
from shared.contracts.registration import VisaLetterAnnounced, VisaLetterIssued
from tests.services.registration.building import Registration
from tests.services.registration.detailed import (
    DETAILS,
    HTML,
    NUMBER,
    path_of,
    through_the_focal_point,
)
from tests.services.registration.lettered import LETTER, issues, who_needs_a_letter


async def test_the_letter_says_who_is_invited_where_and_who_pays(
    registration: Registration,
) -> None:
    costs = {"travel": "organiser", "insurance": "party"}
    course, _, nominated = await who_needs_a_letter(registration, costs=costs)

    issued = await issues(course, nominated)
    address = f"/nominations/{nominated['id']}/visa-letter/paper"
    paper = await course.coordinator.get(address)

    assert issued.status_code == 201, issued.text
    assert (issued.json()["languages"], issued.json()["void_at"]) == (["ar", "en"], None)
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["cache-control"] == "no-store"
    arabic, english = PdfReader(BytesIO(paper.content)).pages
    text = " ".join(english.extract_text().split())
    for told in (
        *("Sample Academy", "AMM-2018-01", issued.json()["number"], "SPECIMEN"),
        *("Given 1 Family JO", NUMBER, "9 March 1986", "Aqaba", "Embassy, Amman"),
        *("Jordan", "Combating human trafficking", "24–28 June 2018", "Amman"),
        *("Travel", "borne by the organising body", "borne by the nominating authority"),
        *("Leila Haddad", "Head of training"),
    ):
        assert told in text, told
    assert "Meals" not in text
    assert NUMBER in arabic.extract_text()


async def test_the_officer_and_the_focal_point_are_told_by_a_link(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)

    await issues(course, nominated)

    said = await registration.said()
    (fact,) = (one for one in said if isinstance(one, VisaLetterIssued))
    officer, point = (one for one in said if isinstance(one, VisaLetterAnnounced))
    assert fact.languages == ("ar", "en")
    assert (str(officer.recipient_id), officer.officer_reference) == (nominated["person_id"], None)
    assert (point.officer_reference, point.recipient_id == officer.recipient_id) == (
        "JO-001",
        False,
    )
    assert point.link.endswith(f"/calls/{course.call_id}/page")
    page = await registration.client().get(path_of(officer), headers=HTML)
    paper = await registration.client().get(f"{path_of(officer)}/paper")
    assert (page.status_code, 'dir="rtl"' in page.text, NUMBER in page.text) == (200, True, False)
    assert paper.content.startswith(b"%PDF")


async def test_where_contact_goes_through_the_focal_point_it_gets_the_letter(
    registration: Registration,
) -> None:
    asks = ["passport", "visa_letter"]
    course, nominated = await through_the_focal_point(registration, follow_up=asks)
    address = f"/nominations/{nominated['id']}"
    letter = {"needed": True, "born_on": "1986-03-09", "birthplace": "A", "consulate": "B"}
    told = {"passport": DETAILS["passport"], "visa_letter": letter}
    await course.points["JO"].put(f"{address}/follow-up", json=told, headers={"If-Match": '"1"'})

    await issues(course, nominated)

    (point,) = await registration.said(VisaLetterAnnounced)
    papers = [
        await course.points["JO"].get(f"{address}/visa-letter/paper"),
        await registration.client().get(f"{path_of(point)}/paper"),
    ]
    assert point.officer_reference == "JO-001"
    assert [one.status_code for one in papers] == [200, 200]


async def test_the_same_request_issues_one_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    address, key = f"/nominations/{nominated['id']}/visa-letter", {"Idempotency-Key": "once"}

    answers = [await course.coordinator.post(address, json=LETTER, headers=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert len(await registration.rows(visa_letter)) == 1


async def test_the_list_says_who_needs_a_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    address = f"/calls/{course.call_id}/follow-ups"

    before = (await course.coordinator.get(address)).json()["items"]
    await issues(course, nominated)
    after = (await course.coordinator.get(address)).json()["items"]

    assert [one["visa_letter"] for one in (*before, *after)] == ["needed", "issued"]
