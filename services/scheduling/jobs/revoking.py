"""Tells whoever was given a certificate that it no longer stands."""

from functools import partial
from uuid import UUID

from shared.context import Act, Context, Outcome, Work
from shared.jobs import Job, TryAgain
from shared.refusals import NotYetKnown

from ..loading import found
from ..tables import activity, certificate, enrolment
from ..telling import revocation


async def tell_of_revocation(job: Job, _: Context) -> Act:
    """The act that says so. Raises `TryAgain` while nobody is known who can be told."""
    return partial(_tell, certificate_id=UUID(job.payload["certificate_id"]))


async def _tell(work: Work, *, certificate_id: UUID) -> Outcome:
    row = await found(work, certificate, certificate_id)
    if await work.erased(row.person_id):
        return None
    place = await found(work, enrolment, row.enrolment_id)
    of_activity = await found(work, activity, row.activity_id)
    try:
        return [await revocation(work, of_activity, place, row)]
    except NotYetKnown as missing:
        raise TryAgain(missing.detail, for_ever=True) from None
