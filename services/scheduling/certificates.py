"""Certificates as facts bring them about: planned with a completion, revoked, told of."""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Row, select

from shared.context import Work
from shared.contracts.scheduling import CertificateRevoked
from shared.jobs import Later, plan

from .tables import certificate, enrolment

ISSUE_CERTIFICATE = "issue-certificate"
TELL_OF_REVOCATION = "tell-of-revocation"


def certificate_id(enrolment_id: UUID, issue: int) -> UUID:
    """The same for every replay: each completion of a place leads to one certificate at most."""
    return uuid5(enrolment_id, f"certificate {issue}")


def latest() -> ColumnElement[bool]:
    """Joins an enrolment with the certificate of its last completion."""
    of_place = certificate.c.enrolment_id == enrolment.c.id
    return of_place & (certificate.c.issue == enrolment.c.completions)


async def plan_certificate(work: Work, place: Row[Any]) -> None:
    """Have the certificate of a completion made."""
    payload = {"enrolment_id": str(place.id), "issue": place.completions}
    key = f"{place.id}/{place.completions}"
    await plan(work, Later(ISSUE_CERTIFICATE, key, payload, work.now, place.person_id))


async def revoke_standing(work: Work, place: Row[Any]) -> list[CertificateRevoked]:
    """Revoke the certificate of a place, if one stands."""
    stands = (certificate.c.enrolment_id == place.id) & certificate.c.revoked_at.is_(None)
    rows = (await work.connection.execute(select(certificate).where(stands))).all()
    return [await revoke(work, row, place) for row in rows]


async def revoke(work: Work, row: Row[Any], place: Row[Any]) -> CertificateRevoked:
    """A certificate no longer stands; whoever was given it is told."""
    mine = certificate.c.id == row.id
    await work.connection.execute(certificate.update().where(mine).values(revoked_at=work.now))
    payload = {"certificate_id": str(row.id)}
    await plan(work, Later(TELL_OF_REVOCATION, str(row.id), payload, work.now, place.person_id))
    return CertificateRevoked(
        certificate_id=row.id,
        enrolment_id=place.id,
        activity_id=row.activity_id,
        party=place.party,
        person_id=place.person_id,
    )
