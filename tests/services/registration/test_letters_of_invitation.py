"""Who has a seat and asked for one gets a letter of invitation; void letters are said to be so."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from services.registration.seats.resealing import reseal
from services.registration.tables import follow_up, visa_letter
from shared.context import Actor
from shared.contracts.registration import (
    VisaLetterAnnounced,
    VisaLetterIssued,
    VisaLetterVoidAnnounced,
    VisaLetterVoided,
)
from shared.tables import audit, outbox
from shared.web.checks import CheckLimit
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, the_activity, the_project
from tests.services.registration.detailed import (
    DETAILS,
    FORM,
    HTML,
    NUMBER,
    a_confirmed_seat,
    path_of,
    through_the_focal_point,
)

LETTER = {
    "languages": ["ar", "en"],
    "signatory": {"name": "Leila Haddad", "role": {"en": "Head of training"}},
}
NEEDED = {
    **FORM,
    "visa_letter.needed": "yes",
    "visa_letter.born_on": "1986-03-09",
    "visa_letter.birthplace": "Aqaba",
    "visa_letter.consulate": "Embassy, Amman",
}


async def who_needs_a_letter(
    registration: Registration, form: dict[str, str] = NEEDED, **call: Any
) -> tuple[Course, str, Any]:
    """The course, the path of the form that was filled in, and the nomination."""
    course, path, nominated = await a_confirmed_seat(registration, **call)
    filled = await registration.client().post(path, data=form)
    assert filled.status_code == 200, filled.text
    await registration.said()
    return course, path, nominated


async def issues(course: Course, nominated: Any, who: str = "coordinator") -> httpx.Response:
    """Somebody has the letter issued."""
    asks = course.coordinator if who == "coordinator" else course.points[who]
    return await asks.post(f"/nominations/{nominated['id']}/visa-letter", json=LETTER)


async def checked(registration: Registration, number: str, family: str) -> str:
    """What the public check answers."""
    asked = {"number": number, "family_name": family}
    answer = await registration.client().post("/visa-letters/check", json=asked)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["answer"])


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


async def test_the_passport_is_in_no_event_record_or_row(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)

    await issues(course, nominated)

    (kept,) = await registration.rows(visa_letter)
    said = [row["body"] for row in await registration.rows(outbox)]
    assert NUMBER.encode() not in kept["sealed"]
    assert not [body for body in said if NUMBER.encode() in body or b"Leila" in body]
    assert not [row for row in await registration.rows(audit) if NUMBER in str(row)]


async def test_the_record_says_who_read_the_letter_and_whose(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    await issues(course, nominated)
    officer, _ = (one for one in await registration.said() if isinstance(one, VisaLetterAnnounced))

    await course.coordinator.get(f"/nominations/{nominated['id']}/visa-letter/paper")
    await registration.client().get(f"{path_of(officer)}/paper")

    rows = [row for row in await registration.rows(audit) if row["action"] == "read-visa-letter"]
    whose = f"nomination/{nominated['id']}"
    assert [(row["role"], row["object"]) for row in rows] == [
        ("coordinator", whose),
        ("link", whose),
    ]


async def test_after_a_change_of_the_key_the_letter_is_sealed_anew(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    await issues(course, nominated)
    context, first = registration.service.context, registration.service.context.links
    context.links = replace(first, key=b"its next key", former=(first.key,))

    told = await reseal(context, Actor("operator", "admin"))
    context.links = replace(first, key=b"its next key")
    paper = await course.coordinator.get(f"/nominations/{nominated['id']}/visa-letter/paper")

    assert told == "2 sealed anew"
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


@pytest.mark.parametrize(
    ("form", "code"),
    [(None, "details-are-missing"), (FORM, "letter-is-not-asked")],
)
async def test_no_letter_without_details_or_need(
    registration: Registration, form: dict[str, str] | None, code: str
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    if form:
        await registration.client().post(path, data=form)

    answer = await issues(course, nominated)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await registration.rows(visa_letter) == []


async def test_no_letter_without_a_passport_among_the_details(registration: Registration) -> None:
    needed = {name: value for name, value in NEEDED.items() if name.startswith("visa_letter")}
    course, _, nominated = await who_needs_a_letter(
        registration, form=needed, follow_up=["visa_letter"]
    )

    answer = await issues(course, nominated)

    assert answer.json()["code"] == "details-are-missing"
    assert [one["path"] for one in answer.json()["errors"]] == ["passport"]


async def test_no_letter_without_who_issues_it_nor_once_the_activity_has_begun(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)

    await registration.hears(the_project(issuing_body=None))
    nobodys = await issues(course, nominated)
    await registration.moves_to(datetime(2018, 6, 24, 6, tzinfo=UTC))
    late = await issues(course, nominated)

    assert (nobodys.status_code, nobodys.json()["code"]) == (409, "issuing-body-is-missing")
    assert (late.status_code, late.json()["code"]) == (409, "activity-is-over")


async def test_no_letter_without_a_seat(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")

    answer = await issues(course, nominated)

    assert (answer.status_code, answer.json()["code"]) == (409, "officer-holds-no-seat")


async def test_only_coordinators_issue_and_nobody_else_reads_the_paper(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    address = f"/nominations/{nominated['id']}/visa-letter"

    by_point = await issues(course, nominated, who="JO")
    await issues(course, nominated)
    auditor = registration.client("auditor")
    shown = [
        (await who.get(address)).status_code
        for who in (course.points["JO"], course.points["TN"], auditor)
    ]
    read = [
        (await who.get(f"{address}/paper")).status_code
        for who in (course.points["JO"], course.points["TN"], auditor)
    ]

    assert by_point.status_code == 404
    assert (shown, read) == ([200, 404, 200], [404, 404, 404])


async def test_a_seat_given_back_makes_the_letter_void_and_everybody_hears(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]
    officer, _ = await registration.said(VisaLetterAnnounced)
    before = await checked(registration, number, "Family JO")

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    await registration.does_jobs()

    after = await checked(registration, number, "Family JO")
    said = await registration.said()
    (fact,) = (one for one in said if isinstance(one, VisaLetterVoided))
    told = [one for one in said if isinstance(one, VisaLetterVoidAnnounced)]
    page = await registration.client().get(path_of(officer), headers=HTML)
    paper = await registration.client().get(f"{path_of(officer)}/paper")
    assert (before, after) == ("yes", "void")
    assert (fact.void_reason, len(told)) == ("seat_ended", 2)
    assert (page.status_code, paper.status_code) == (410, 410)
    assert paper.json()["code"] == "letter-is-void"
    assert [row["sealed"] for row in await registration.rows(visa_letter)] == [None]


@pytest.mark.parametrize(
    ("said", "answer", "told"),
    [
        ({"ends_on": date(2018, 6, 29)}, "void", 2),
        ({"state": "cancelled"}, "void", 2),
        ({"languages": ("ar", "fr")}, "yes", 0),
    ],
    ids=["other days", "cancelled", "nothing that is printed"],
)
async def test_a_letter_that_names_other_days_than_the_activity_is_void(
    registration: Registration, said: dict[str, Any], answer: str, told: int
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]

    await registration.hears(the_activity(**said), sequence=2)
    await registration.does_jobs()

    assert await checked(registration, number, "Family JO") == answer
    assert len(await registration.said(VisaLetterVoidAnnounced)) == told


async def test_a_replaced_officer_keeps_no_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]

    replaced = await course.points["JO"].post(
        f"/nominations/{nominated['id']}/replacement",
        json={"officer": {**OTHER, "officer_reference": "JO-009"}},
    )

    assert replaced.status_code in (200, 201), replaced.text
    assert await checked(registration, number, "Family JO") == "void"


OTHER = {
    "names": [{"script": "Latn", "given": "Some", "family": "Other"}],
    "sex": "male",
    "unit": "immigration",
    "email": "other@example.org",
    "language": "ar",
}


async def test_another_letter_takes_the_place_of_the_first(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    first = (await issues(course, nominated)).json()["number"]

    second = (await issues(course, nominated)).json()["number"]
    await registration.does_jobs()

    answers = [await checked(registration, number, "Family JO") for number in (first, second)]
    said = await registration.said()
    assert answers == ["void", "yes"]
    assert [one.void_reason for one in said if isinstance(one, VisaLetterVoided)] == ["reissued"]
    assert [one for one in said if isinstance(one, VisaLetterVoidAnnounced)] == []


async def test_the_same_request_issues_one_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    address, key = f"/nominations/{nominated['id']}/visa-letter", {"Idempotency-Key": "once"}

    answers = [await course.coordinator.post(address, json=LETTER, headers=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert len(await registration.rows(visa_letter)) == 1


@pytest.mark.parametrize(
    ("changed", "state", "answer"),
    [
        ({"passport.number": "Z1112223"}, "void", "void"),
        ({"diet.kind": "vegan"}, "issued", "yes"),
        ({"visa_letter.needed": "no"}, None, "void"),
    ],
)
async def test_another_passport_makes_the_letter_void(
    registration: Registration, changed: dict[str, str], state: str | None, answer: str
) -> None:
    course, path, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]

    await registration.client().post(path, data={**NEEDED, **changed})

    (row,) = await registration.rows(follow_up)
    assert row["visa_letter"] == state
    assert await checked(registration, number, "Family JO") == answer


async def test_the_list_says_who_needs_a_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    address = f"/calls/{course.call_id}/follow-ups"

    before = (await course.coordinator.get(address)).json()["items"]
    await issues(course, nominated)
    after = (await course.coordinator.get(address)).json()["items"]

    assert [one["visa_letter"] for one in (*before, *after)] == ["needed", "issued"]


async def test_the_check_answers_to_number_and_name_alone(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]
    typed = number.lower().replace("-", " ")

    answers = [
        await checked(registration, typed, " FAMILY jo "),
        await checked(registration, number, "Somebody"),
        await checked(registration, "K7QM-2X9R-HT4C-V8WN", "Family JO"),
    ]
    page = await registration.client().post(
        "/check?lang=en", data={"number": number, "family_name": "Family JO"}
    )
    await registration.moves_to(datetime(2018, 6, 29, 6, tzinfo=UTC))

    assert answers == ["yes", "no", "no"]
    assert "This letter is valid" in page.text
    assert await checked(registration, number, "Family JO") == "void"


async def test_whoever_checks_too_often_waits(registration: Registration) -> None:
    registration.service.api.state.check_limit = CheckLimit(each_size=2, each_per_second=0)
    asked = {"number": "K7QM-2X9R-HT4C-V8WN", "family_name": "Family JO"}

    answers = [
        await registration.client().post("/visa-letters/check", json=asked) for _ in range(3)
    ]

    assert [one.status_code for one in answers] == [200, 200, 429]


async def test_an_erased_officer_leaves_no_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]
    officer, _ = await registration.said(VisaLetterAnnounced)

    await course.admin.post(f"/persons/{nominated['person_id']}/erasure")
    await registration.does_jobs()

    page = await registration.client().get(path_of(officer))
    assert await checked(registration, number, "Family JO") == "no"
    assert page.status_code == 404
    assert await registration.said(VisaLetterVoidAnnounced) == []
    assert [row["sealed"] for row in await registration.rows(visa_letter)] == [None]


async def test_six_weeks_after_the_activity_nothing_of_a_letter_is_kept(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    await issues(course, nominated)

    await registration.moves_to(datetime(2018, 8, 10, 6, tzinfo=UTC))
    await registration.does_jobs()

    assert [row["sealed"] for row in await registration.rows(visa_letter)] == [None]
