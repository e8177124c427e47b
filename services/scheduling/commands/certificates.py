"""Certificates after they were issued: revoking one."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts.scheduling import CertificateRevoked
from shared.database import lock_row
from shared.rights import require_staff

from ..loading import found
from ..tables import activity, certificate, enrolment


async def revoke_certificate(work: Work, certificate_id: UUID) -> Outcome:
    """A certificate no longer stands; the check says so from now on. Twice changes nothing."""
    await lock_row(work.connection, certificate, id=certificate_id)
    row = await found(work, certificate, certificate_id)
    parent = await found(work, activity, row.activity_id)
    await require_staff(work, parent.project_id, "coordinator")
    if row.revoked_at:
        return None
    mine = certificate.c.id == certificate_id
    await work.connection.execute(certificate.update().where(mine).values(revoked_at=work.now))
    place = await found(work, enrolment, row.enrolment_id)
    return [
        CertificateRevoked(
            certificate_id=certificate_id,
            enrolment_id=place.id,
            activity_id=row.activity_id,
            party=place.party,
            person_id=place.person_id,
        )
    ]
