"""A call may ask for an earlier course, a valid certificate, or nobody who took part before."""

from services.registration.tables import certificate
from shared.contracts.scheduling import CertificateIssued, CertificateRevoked, CertificateStated
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import a_course
from tests.services.registration.eligible import (
    EARLIER,
    an_earlier,
    completes,
    failed,
    known,
    nominates,
)


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
