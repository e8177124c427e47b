"""Certificates after they were issued: revoking one."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.database import lock_row
from shared.rights import require_staff

from ..certificates import revoke
from ..loading import found
from ..tables import activity, certificate, enrolment


async def revoke_certificate(work: Work, certificate_id: UUID) -> Outcome:
    """A certificate no longer stands; the check says so from now on. Twice changes nothing."""
    row = await found(work, certificate, certificate_id)
    await lock_row(work.connection, activity, id=row.activity_id)
    row = await found(work, certificate, certificate_id)
    parent = await found(work, activity, row.activity_id)
    await require_staff(work, parent.project_id, "coordinator")
    if row.revoked_at:
        return None
    return [await revoke(work, row, await found(work, enrolment, row.enrolment_id))]
