"""What a letter of invitation says is read by few, on record, and kept no longer than needed."""

from dataclasses import replace
from datetime import UTC, datetime

from services.registration.seats.resealing import reseal
from services.registration.tables import visa_letter
from shared.context import OPERATOR
from shared.contracts.registration import VisaLetterAnnounced, VisaLetterVoidAnnounced
from shared.tables import audit, outbox
from tests.services.registration.building import Registration
from tests.services.registration.detailed import NUMBER, path_of
from tests.services.registration.lettered import checked, issues, who_needs_a_letter


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


async def test_after_a_change_of_the_key_the_letter_is_sealed_anew(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    await issues(course, nominated)
    context, first = registration.service.context, registration.service.context.links
    context.links = replace(first, key=b"its next key", former=(first.key,))

    told = await reseal(context, OPERATOR)
    context.links = replace(first, key=b"its next key")
    paper = await course.coordinator.get(f"/nominations/{nominated['id']}/visa-letter/paper")

    assert told == "2 sealed anew"
    assert paper.content.startswith(b"%PDF")


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
