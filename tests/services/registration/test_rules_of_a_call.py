"""A nomination is held to the rules of its call, each named; anybody may look before."""

from typing import Any

import pytest

from services.registration.tables import nomination
from shared.contracts.registration import NominationSubmitted
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.eligible import completes, failed, known, nominates
from tests.services.registration.test_rosters_are_taken import a_roster, numbered, upload

EXPERIENCED: dict[str, Any] = {
    "rank_band": "senior",
    "serving_since": "2008-06-24",
    "languages": ["fr-CA"],
    "specialisms": ["biometrics"],
}
SIGNED = {"version": "2018-1", "signed_on": "2018-03-30"}


@pytest.mark.parametrize(
    ("rules", "misses", "rule"),
    [
        ({"sexes": ["male"]}, {"sex": "female"}, "sex-allowed"),
        ({"rank_bands": ["senior", "mid"]}, {"rank_band": "junior"}, "rank-band-allowed"),
        ({"years_minimum": 10}, {"serving_since": "2008-06-25"}, "years-of-service"),
        ({"years_maximum": 10}, {"serving_since": "2007-06-24"}, "years-of-service"),
        ({"all_languages": ["ar", "fr"]}, {"languages": ["en"]}, "languages-spoken"),
        ({"any_language": ["en", "fr"]}, {"languages": ["es"]}, "language-spoken"),
        ({"specialisms": ["biometrics"]}, {"specialisms": ["ncb"]}, "specialism-required"),
    ],
)
async def test_what_the_call_asks_is_asked_of_everybody(
    registration: Registration, rules: dict[str, Any], misses: dict[str, Any], rule: str
) -> None:
    course = await a_course(registration, eligibility=rules)

    refused = await nominates(course, **{**EXPERIENCED, **misses})
    taken = await nominates(course, **EXPERIENCED)

    assert failed(refused) == [rule]
    assert taken.status_code == 201, taken.text


async def test_all_that_fail_are_named_at_once(registration: Registration) -> None:
    rules = {"rank_bands": ["senior"], "years_minimum": 5, "declaration": "2018-1"}
    course = await a_course(registration, eligibility=rules)

    refused = await nominates(course)

    assert failed(refused) == ["rank-band-allowed", "years-of-service", "declaration-signed"]
    assert await registration.rows(nomination) == []


async def test_a_declaration_is_signed_in_its_version_and_not_tomorrow(
    registration: Registration,
) -> None:
    course = await a_course(registration, eligibility={"declaration": "2018-1"})

    without = await nominates(course)
    another = await nominates(course, {**SIGNED, "version": "2017-1"})
    tomorrow = await nominates(course, {**SIGNED, "signed_on": "2018-04-03"})
    signed = await nominates(course, SIGNED)

    assert [failed(one) for one in (without, another, tomorrow)] == [["declaration-signed"]] * 3
    assert (signed.status_code, signed.json()["declaration"]) == (201, SIGNED)


async def test_the_rows_of_a_roster_are_held_to_the_same_rules(registration: Registration) -> None:
    course = await a_course(registration, eligibility={"rank_bands": ["senior"]})

    answer: Any
    status, answer = await upload(course, a_roster(numbered(1)))

    assert status == 422
    assert [(one["code"], one["path"]) for one in answer["errors"]] == [
        ("rank-band-allowed", "row 2, column rank_band")
    ]


async def test_a_roster_says_of_each_officer_what_they_signed(registration: Registration) -> None:
    course = await a_course(registration, eligibility={"declaration": "2018-1"})
    columns = ",declaration,declaration signed on"
    head, *rows = a_roster(numbered(1), numbered(2), numbered(3)).decode().splitlines()
    signed = [f"{row},2018-1,2018-03-30" for row in rows]
    unsigned = [signed[0], f"{rows[1]},2017-1,2018-03-30", f"{rows[2]},2018-1,"]

    answer: Any
    status, answer = await upload(course, "\n".join((head + columns, *unsigned)).encode())
    taken, _ = await upload(course, "\n".join((head + columns, *signed)).encode())

    kept = [row["declaration"] for row in await registration.rows(nomination)]
    assert (status, taken) == (422, 201)
    assert [(one["code"], one["path"][:5]) for one in answer["errors"]] == [
        ("declaration-signed", "row 3"),
        ("declaration-without-day", "row 4"),
    ]
    assert kept == [{"version": "2018-1", "signed_on": "2018-03-30"}] * 3


async def test_what_is_known_of_an_officer_counts_where_nothing_else_is_said(
    registration: Registration,
) -> None:
    course = await a_course(registration, eligibility={"all_languages": ["fr"]})
    await known(course, languages=["fr"])

    silent = await nominates(course)
    await course.points["JO"].post(f"/nominations/{silent.json()['id']}/withdrawal")
    otherwise = await nominates(course, languages=[])

    assert silent.status_code == 201, silent.text
    assert failed(otherwise) == ["languages-spoken"]


async def test_anybody_who_nominates_may_look_first(registration: Registration) -> None:
    rules = {"rank_bands": ["senior"], "declaration": "2018-1", "completions": ["AMM-2017-01"]}
    course = await a_course(registration, eligibility=rules)
    person_id = await known(course)
    await completes(registration, person_id)
    officer = {"officer_reference": "JO-001", "sex": "male", "unit": "ncb", "language": "ar"}
    asked = {"party": "JO", "officer": officer, "declaration": SIGNED}
    await registration.said()

    told = await check(course, "JO", asked)
    in_french = await check(course, "JO", asked, headers={"Accept-Language": "fr"})
    anothers = await check(course, "JO", {**asked, "party": "TN"})
    auditor = await registration.client("auditor").post(
        f"/calls/{course.call_id}/eligibility", json=asked
    )

    assert not told.json()["eligible"]
    assert {one["name"]: one["holds"] for one in told.json()["rules"]} == {
        "party-invited": True,
        "rank-band-allowed": False,
        "completions-required": True,
        "declaration-signed": True,
    }
    assert in_french.json()["rules"][0]["reason"] == "L’appel est adressé à cette partie."
    assert anothers.status_code == 404
    assert auditor.status_code in (403, 404)
    assert await registration.said(NominationSubmitted) == []
    assert await registration.rows(nomination) == []


async def test_a_call_tells_its_rules_in_the_reader_s_language(registration: Registration) -> None:
    course = await a_course(
        registration, eligibility={"years_minimum": 2, "certificate": {"course": "amm-1"}}
    )

    shown = (await course.points["JO"].get(f"/calls/{course.call_id}?lang=es")).json()["rules"]

    assert {one["name"]: one["asks"] for one in shown} == {
        "party-invited": {"parties": ["JO"]},
        "years-of-service": {"years_minimum": 2},
        "certificate-valid": {"certificate": "AMM-1", "certificate_years": None},
    }
    assert shown[0]["reason"] == "La convocatoria invita a la parte."


async def check(course: Course, party: str, asked: Any, **more: Any) -> Any:
    """What a focal point is answered who looks first."""
    return await course.points[party].post(
        f"/calls/{course.call_id}/eligibility", json=asked, **more
    )
