"""A nomination is held to the rules of its call, each named; anybody may look before."""

from typing import Any

import pytest

from services.registration.tables import certificate, nomination
from shared.contracts.registration import NominationSubmitted
from shared.contracts.scheduling import (
    CertificateIssued,
    CertificateRevoked,
    CertificateStated,
    OfficerEnrolled,
)
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import Course, a_course, an_officer, the_activity
from tests.services.registration.test_rosters_are_taken import a_roster, numbered, upload

EARLIER = an_id("an earlier activity")
EXPERIENCED: dict[str, Any] = {
    "rank_band": "senior",
    "serving_since": "2008-06-24",
    "languages": ["fr-CA"],
    "specialisms": ["biometrics"],
}
SIGNED = {"version": "2018-1", "signed_on": "2018-03-30"}


async def nominates(course: Course, declaration: Any = None, **officer: Any) -> Any:
    """The answer to a nomination of Jordan's first officer."""
    return await course.points["JO"].post(
        f"/calls/{course.call_id}/nominations",
        json={
            "party": "JO",
            "officer": an_officer("JO", 1, **officer),
            "priority": 1,
            **({"declaration": declaration} if declaration else {}),
        },
    )


def failed(answer: Any) -> list[str]:
    """The rules that do not hold, by their names."""
    assert (answer.status_code, answer.json()["code"]) == (422, "officer-is-not-eligible")
    return [one["code"] for one in answer.json()["errors"]]


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


async def test_an_earlier_course_must_be_completed(registration: Registration) -> None:
    course = await a_course(registration, eligibility={"completions": ["AMM-2017-01"]})
    person_id = await known(course)

    before = await nominates(course)
    await completes(registration, person_id)
    after = await nominates(course)

    assert failed(before) == ["completions-required"]
    assert after.status_code == 201, after.text


async def test_a_certificate_must_be_valid_on_the_first_day(registration: Registration) -> None:
    asked = {"certificate": {"course": "AMM-2017-01", "years": 1}}
    course = await a_course(registration, eligibility=asked)
    person_id = await known(course)
    await registration.hears(an_earlier("2017-06-23"))
    await registration.hears(a_certificate(person_id))

    expired = await nominates(course)
    await registration.hears(an_earlier("2017-06-24"))
    valid = await nominates(course)
    await course.points["JO"].post(f"/nominations/{valid.json()['id']}/withdrawal")
    await registration.hears(revoked(person_id))
    gone = await nominates(course)

    assert failed(expired) == failed(gone) == ["certificate-valid"]
    assert valid.status_code == 201, valid.text


async def test_a_revocation_stays_whichever_is_heard_first(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await known(course)

    await registration.hears(revoked(person_id), a_certificate(person_id))
    await registration.hears(
        CertificateStated(**dict(revoked(person_id)), revoked=True), sequence=9
    )

    (kept,) = await registration.rows(certificate)
    assert kept["revoked"]
    await course.admin.post(f"/persons/{person_id}/erasure")
    await registration.hears(a_certificate(person_id))
    assert await registration.rows(certificate) == []


async def test_a_call_for_first_timers_takes_nobody_who_took_part(
    registration: Registration,
) -> None:
    course = await a_course(registration, eligibility={"first_time_only": True})
    person_id = await known(course)

    first = await nominates(course)
    await course.points["JO"].post(f"/nominations/{first.json()['id']}/withdrawal")
    await completes(registration, person_id)
    again = await nominates(course)

    assert first.status_code == 201, first.text
    assert failed(again) == ["first-time-only"]


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
        ("declaration-signed", "row 4"),
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


async def known(course: Course, **more: Any) -> str:
    """The officer is known by what Jordan calls them."""
    officer = an_officer("JO", 1, **more)
    answer = await course.admin.post("/persons", json={**officer, "party": "JO"})
    assert answer.status_code == 201, answer.text
    person_id: str = answer.json()["id"]
    return person_id


def an_earlier(ends_on: str) -> Any:
    """An activity of the year before, told anew when it ends on another day."""
    told = the_activity().model_dump()
    return type(the_activity()).model_validate(
        {
            **told,
            "activity_id": EARLIER,
            "reference": "amm-2017-01",
            "starts_on": "2017-06-01",
            "ends_on": ends_on,
        }
    )


async def completes(registration: Registration, person_id: str) -> None:
    """The officer completed the earlier activity."""
    await registration.hears(an_earlier("2017-06-23"))
    place = {
        "enrolment_id": an_id("place"),
        "activity_id": EARLIER,
        "project_id": an_id("project"),
        "nomination_id": an_id("nomination"),
        "person_id": person_id,
        "party": "JO",
        "sex": "male",
        "unit": "immigration",
        "status": "completed",
        "sessions_attended": 5,
    }
    await registration.hears(OfficerEnrolled.model_validate(place))


def a_certificate(person_id: str) -> CertificateIssued:
    """The officer's certificate of the earlier activity."""
    return CertificateIssued.model_validate(
        {
            **dict(revoked(person_id)),
            "recipient_id": person_id,
            "reference": "AMM-2017-01",
            "visibility": "open",
            "issued_at": "2017-07-01T08:00:00Z",
            "link": "https://cadre.test/certificate",
        }
    )


def revoked(person_id: str) -> CertificateRevoked:
    """It no longer stands."""
    return CertificateRevoked.model_validate(
        {
            "certificate_id": an_id("certificate"),
            "enrolment_id": an_id("place"),
            "activity_id": EARLIER,
            "party": "JO",
            "person_id": person_id,
        }
    )
