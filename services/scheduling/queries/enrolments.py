"""Enrolments as shown: one's own party's, with names for those whose duty needs them."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..certificates import latest
from ..loading import persons_by_id
from ..rights import activity_in_sight, sees_names
from ..tables import certificate, enrolment
from ..telling import reference_of


class NameShown(BaseModel):
    """A name in one script (ISO 15924)."""

    script: str
    given: str
    family: str


class EnrolmentShown(BaseModel):
    """One officer's part in an activity. `names` is null where the reader may not see names, and
    empty after erasure."""

    id: UUID
    nomination_id: UUID
    person_id: UUID
    reference: str
    party: str
    sex: str
    unit: str
    rank_band: str | None
    status: str
    sessions_held: int
    sessions_attended: int
    days_attended: int
    instructed: bool
    names: list[NameShown] | None
    certificate_id: UUID | None
    certificate_revoked: bool


async def list_enrolments(work: Work, activity_id: UUID, place: Place) -> Listed[EnrolmentShown]:
    """Who takes part, by party and the party's own rank; of other parties nothing is shown."""
    row, parties = await activity_in_sight(work, activity_id)
    query = select(enrolment, certificate.c.id.label("certificate_id"), certificate.c.revoked_at)
    query = query.outerjoin(certificate, latest())
    query = query.where(enrolment.c.activity_id == activity_id)
    if parties is not None:
        query = query.where(enrolment.c.party.in_(parties))
    order = [enrolment.c.party, enrolment.c.priority, enrolment.c.id]
    page = await listed(work.connection, query, place, order=order, show=lambda one: one)
    known = await persons_by_id(work, {one.person_id for one in page.items})
    named = await sees_names(work, row)
    names = {person_id: officer.names for person_id, officer in known.items()}
    shown = [
        _shown(row, one, names.get(one.person_id, []) if named else None) for one in page.items
    ]
    return Listed[EnrolmentShown](items=shown, next=page.next)


def _shown(of_activity: Row[Any], one: Row[Any], names: Any) -> EnrolmentShown:
    return EnrolmentShown.model_validate(
        {
            **one._mapping,
            "reference": reference_of(of_activity, one),
            "instructed": one.instructions_issued_at is not None,
            "names": names,
            "certificate_revoked": one.revoked_at is not None,
        }
    )
