"""Corrections after closing, as coordinators and auditors read them."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from shared.context import Work
from shared.rights import require_staff
from shared.web.lists import Listed, Place, listed

from ..loading import found
from ..tables import activity, correction


class CorrectionShown(BaseModel):
    """One mark that was corrected; `correction_id` is shared by all marks of one correction and
    stands in the audit. The note is shown to coordinators only, and not left after erasure."""

    correction_id: UUID
    enrolment_id: UUID
    session_id: UUID
    person_id: UUID
    before: str | None
    after: str
    reason: str
    note: str | None
    corrected_at: datetime


async def list_corrections(work: Work, activity_id: UUID, place: Place) -> Listed[CorrectionShown]:
    """In the order they were made."""
    row = await found(work, activity, activity_id)
    if work.actor.role != "auditor":
        await require_staff(work, row.project_id, "coordinator")
    query = select(correction).where(correction.c.activity_id == activity_id)
    show = partial(_shown, with_note=work.actor.role != "auditor")
    order = [correction.c.corrected_at, correction.c.correction_id, correction.c.enrolment_id]
    return await listed(work.connection, query, place, order=order, show=show)


def _shown(row: Row[Any], *, with_note: bool) -> CorrectionShown:
    hidden = {} if with_note else {"note": None}
    return CorrectionShown.model_validate({**row._mapping, **hidden})
