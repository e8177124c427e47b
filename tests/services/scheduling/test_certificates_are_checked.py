"""The public check: yes, no or revoked, and how often one may ask."""

from typing import Any

from services.scheduling.tables import certificate
from shared.contracts.registration import PersonErased
from shared.web.checks import CheckLimit
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import Course, a_course, amman


async def a_certificate(scheduling: Scheduling, **different: Any) -> tuple[Course, str]:
    """A course, and the number of the certificate it led to."""
    course = await a_course(scheduling, **different)
    await course.enrols("amal")
    session = await course.schedules(24)
    await scheduling.moves_to(amman(28, 18))
    await course.marks(session, amal="present")
    await course.closes()
    await scheduling.does_jobs()
    (row,) = await scheduling.rows(certificate)
    return course, str(row["number"])


async def _answer(scheduling: Scheduling, number: str, family_name: str) -> dict[str, Any]:
    async with scheduling.client() as client:
        asked = {"number": number, "family_name": family_name}
        answer = await client.post("/certificates/check", json=asked)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_a_certificate_that_stands_is_a_yes_and_no_more(scheduling: Scheduling) -> None:
    _, number = await a_certificate(scheduling)
    typed = number.lower().replace("-", " ")

    answers = [
        await _answer(scheduling, typed, name) for name in ("Haddad", " HADDAD ", "حدّاد", "حداد")
    ]

    assert answers == [{"answer": "yes", "activity": None}] * 4


async def test_an_open_activity_says_what_it_was(scheduling: Scheduling) -> None:
    _, number = await a_certificate(scheduling, visibility="open")

    answer = await _answer(scheduling, number, "Haddad")

    assert answer["activity"]["reference"] == "AMM-2018-01"
    assert answer["activity"]["starts_on"] == "2018-06-24"


async def test_an_unknown_number_and_a_wrong_name_get_the_same_answer(
    scheduling: Scheduling,
) -> None:
    _, number = await a_certificate(scheduling, visibility="open")

    answers = [
        await _answer(scheduling, "2222-2222-2222-2222", "Haddad"),
        await _answer(scheduling, "not a number", "Haddad"),
        await _answer(scheduling, number, "Haddadi"),
        await _answer(scheduling, number, "'; DROP TABLE certificate"),
        await _answer(scheduling, number, "\u200f"),
    ]

    assert answers == [{"answer": "no", "activity": None}] * 5


async def test_a_revoked_certificate_says_so_to_who_knows_the_name(
    scheduling: Scheduling,
) -> None:
    course, number = await a_certificate(scheduling)
    (row,) = await scheduling.rows(certificate)
    async with course.coordinator() as client:
        await client.post(f"/certificates/{row['id']}/revocation")

    answers = [await _answer(scheduling, number, name) for name in ("Haddad", "Other")]

    assert [answer["answer"] for answer in answers] == ["revoked", "no"]


async def test_after_erasure_the_answer_is_no(scheduling: Scheduling) -> None:
    _, number = await a_certificate(scheduling)
    await scheduling.hears(PersonErased(person_id=an_id("amal")))

    answer = await _answer(scheduling, number, "Haddad")

    assert answer["answer"] == "no"


async def test_who_asks_too_often_is_told_to_wait(scheduling: Scheduling) -> None:
    asked = {"number": "2222-2222-2222-2222", "family_name": "Haddad"}

    async with scheduling.client() as client:
        answers = [await client.post("/certificates/check", json=asked) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].json()["code"] == "too-many-checks"
    assert answers[-1].headers["retry-after"] == "30"


def test_a_limit_fills_up_again_and_knows_addresses_apart() -> None:
    now = [0.0]
    limit = CheckLimit(clock=lambda: now[0], each_size=1, each_per_second=1, all_size=3)

    first = [limit.allows(address) for address in ("a", "a", "b", "c", "d")]
    now[0] = 2.0
    later = limit.allows("a")

    assert first == [True, False, True, True, False]
    assert later
