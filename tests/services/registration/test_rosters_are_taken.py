"""A roster is taken whole or not at all, and the same file twice changes nothing."""

import pytest

from services.registration.tables import nomination
from shared.contracts.registration import NominationSubmitted, PersonDetailsChanged
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course
from tests.services.registration.roster.workbooks import a_workbook, saved

HEADER = "officer_reference,given_name,family_name,sex,unit,language,priority,phone,sms"


def a_roster(*rows: str) -> bytes:
    """A CSV file as UTF-8."""
    return "\n".join((HEADER, *rows)).encode()


def numbered(number: int, *, sex: str = "male", unit: str = "immigration") -> str:
    """One officer of a file."""
    return f"R-{number},Given,Family {number},{sex},{unit},ar,{number},,no"


async def upload(
    course: Course, content: bytes, party: str = "JO"
) -> tuple[int, dict[str, object]]:
    """A focal point uploads a file."""
    address = f"/calls/{course.call_id}/rosters?party={party}"
    headers = {"Content-Type": "text/csv"}
    answer = await course.points[party].post(address, content=content, headers=headers)
    return answer.status_code, answer.json()


async def test_every_officer_of_a_file_is_nominated_once(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.said()
    content = a_roster(*(numbered(one) for one in range(1, 401)))

    first = await upload(course, content)
    said = await registration.said(NominationSubmitted, PersonDetailsChanged)
    again = await upload(course, content)
    nothing = await registration.said()

    assert first[0] == 201
    assert (first[1]["nominated"], first[1]["unchanged"]) == (400, 0)
    assert again == first
    assert len(said) == 800
    assert nothing == []
    assert len(await registration.rows(nomination)) == 400


async def test_a_longer_file_adds_what_is_new(registration: Registration) -> None:
    course = await a_course(registration)
    await upload(course, a_roster(numbered(1), numbered(2)))
    changed = numbered(1).replace(",ar,", ",fr,")

    _, answer = await upload(course, a_roster(changed, numbered(2), numbered(3)))

    assert (answer["nominated"], answer["unchanged"], answer["details_changed"]) == (1, 2, 1)
    assert len(await registration.rows(nomination)) == 3


async def test_every_bad_row_is_named_and_nothing_is_taken(registration: Registration) -> None:
    course = await a_course(registration, units=[{"unit": "immigration", "minimum": 0}])
    await course.nominates("JO", 1)
    content = a_roster(
        numbered(2),
        numbered(1),
        numbered(3, unit="biometrics"),
        numbered(4, sex="unheard"),
        "R-5,,Family,male,immigration,ar,zero,,no",
    )

    status, answer = await upload(course, content)

    errors = answer["errors"]
    assert isinstance(errors, list)
    assert status == 422
    assert answer["code"] == "roster-is-not-valid"
    assert [(one["path"], one["code"]) for one in errors] == [
        ("row 3, column G (priority)", "priority-is-taken"),
        ("row 4, column E (unit)", "unit-required"),
        ("row 5, column D (sex)", "sex-unknown"),
        ("row 6, column B (given_name)", "value-missing"),
        ("row 6, column G (priority)", "priority-not-a-whole-number"),
    ]
    assert len(await registration.rows(nomination)) == 1


async def test_a_thousand_errors_are_all_reported(registration: Registration) -> None:
    course = await a_course(registration)
    content = a_roster(*(numbered(one, sex="?") for one in range(1, 1001)))

    status, answer = await upload(course, content)

    errors = answer["errors"]
    assert isinstance(errors, list)
    assert (status, len(errors)) == (422, 1000)
    assert errors[-1]["path"] == "row 1001, column D (sex)"


async def test_a_row_that_contradicts_a_nomination_is_no_correction(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await upload(course, a_roster(numbered(1)))

    status, answer = await upload(course, a_roster(numbered(1, unit="biometrics")))

    errors = answer["errors"]
    assert isinstance(errors, list)
    assert (status, errors[0]["path"], errors[0]["code"]) == (
        422,
        "row 2, column E (unit)",
        "already-nominated",
    )


ARABIC_HEADER = (
    "الرقم المرجعي;الاسم الأول باللاتينية;اسم العائلة باللاتينية;الاسم الأول;اسم العائلة;"
    "الجنس;الوحدة;اللغة;الأولوية;الهاتف"
)


@pytest.mark.parametrize(
    ("encoding", "row"),
    [
        ("utf-8-sig", "A-1;Rania;Haddad;رانيا;حداد;أنثى;الهجرة;العربية;١;٠٧٩١٢٣٤٥٦٧"),
        ("cp1256", "A-1;Rania;Haddad;رانيا;حداد;أنثى;الهجرة;العربية;1;0791234567"),
    ],
)
async def test_arabic_headings_and_national_phones_are_read(
    registration: Registration, encoding: str, row: str
) -> None:
    course = await a_course(registration)
    await registration.said()

    status, answer = await upload(course, f"{ARABIC_HEADER}\n{row}\n".encode(encoding))

    (details,) = await registration.said(PersonDetailsChanged)
    assert (status, answer["encoding"]) == (201, encoding), answer
    assert details.phone == "+962791234567"
    assert [(one.script, one.given) for one in details.names] == [
        ("Latn", "Rania"),
        ("Arab", "رانيا"),
    ]


async def test_a_file_known_already_is_answered_after_the_deadline_too(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    known, new = a_roster(numbered(1)), a_roster(numbered(2))
    first = await upload(course, known)
    await registration.moves_to(AFTER_THE_DEADLINE)

    again, late = await upload(course, known), await upload(course, new)

    assert again == first
    assert (late[0], late[1]["code"]) == (409, "call-is-closed")


async def test_a_workbook_is_taken_as_a_csv_file_is(registration: Registration) -> None:
    course = await a_course(registration)
    header, row = HEADER.split(","), numbered(1).split(",")
    bad = [*row[:3], "perhaps", *row[4:]]

    good = await upload(course, saved(a_workbook(row, header=header)))
    again = await upload(course, a_roster(",".join(row)))
    refused = await upload(course, saved(a_workbook(bad, header=header)))

    assert (good[0], good[1]["nominated"], good[1]["encoding"]) == (201, 1, "xlsx")
    assert (again[1]["nominated"], again[1]["unchanged"]) == (0, 1)
    assert refused[1]["errors"] == [
        {
            "path": "row 2, column D (sex)",
            "code": "sex-unknown",
            "message": "Use female, male or not stated.",
        }
    ]


async def test_a_file_of_no_known_encoding_or_size_is_refused(registration: Registration) -> None:
    course = await a_course(registration)

    damaged = await upload(course, b"\xff\xfe\x00\xd8" + b"\x00" * 10)
    empty = await upload(course, b"")
    large = await upload(course, b"x" * 5_100_000)

    assert (damaged[0], empty[0], large[0]) == (422, 422, 413)
