"""The public check of certificates: yes, no or revoked, and nothing more than that."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from shared.context import Work
from shared.contracts.event import Localized
from shared.papers.family_name import NOBODY, same_family_name
from shared.papers.paper_number import normalised_number
from shared.web.checks import PaperToCheck

from ..loading import found
from ..tables import activity, certificate


class CheckCertificate(PaperToCheck):
    """What is printed on the certificate: its number, and the family name in either script."""


class CheckedActivity(BaseModel):
    """What an open activity says of itself."""

    reference: str
    names: Localized
    starts_on: date
    ends_on: date


class Checked(BaseModel):
    """Whether the certificate stands; the activity only where it is open."""

    answer: Literal["yes", "no", "revoked"]
    activity: CheckedActivity | None = None


class CertificateShown(BaseModel):
    """A certificate, as its issuer sees it."""

    id: UUID
    enrolment_id: UUID
    issued_at: datetime
    revoked_at: datetime | None


async def check_certificate(work: Work, asked: CheckCertificate) -> Checked:
    """An unknown number and a wrong name take the same way to the same answer."""
    number = normalised_number(asked.number)
    query = select(certificate).where(certificate.c.number == (number or ""))
    row = (await work.connection.execute(query)).one_or_none()
    matches = same_family_name(asked.family_name, row.family_names if row else NOBODY)
    if row is None or not matches:
        return Checked(answer="no")
    if row.revoked_at:
        return Checked(answer="revoked")
    return Checked(answer="yes", activity=await _open_activity(work, row))


async def show_certificate(work: Work, certificate_id: UUID) -> CertificateShown:
    """A certificate, as it is after the command that changed it."""
    row = await found(work, certificate, certificate_id)
    return CertificateShown.model_validate(dict(row._mapping))


async def _open_activity(work: Work, row: Row[Any]) -> CheckedActivity | None:
    of = await found(work, activity, row.activity_id)
    if of.visibility != "open":
        return None
    return CheckedActivity.model_validate(dict(of._mapping))
