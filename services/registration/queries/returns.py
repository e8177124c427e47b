"""Nominations that were given back, and what became of that."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..loading import by_id
from ..rights import parties_seen, sees_persons
from ..tables import call, nomination_return


class ReturnShown(BaseModel):
    """A nomination given back: what is to be put right until when. `outcome` is open, resubmitted,
    lapsed, or ended with the nomination."""

    id: UUID
    nomination_id: UUID
    party: str
    reason_code: str
    reason: str | None
    returned_at: datetime
    correct_local: datetime
    correct_zone: str
    correct_by: datetime
    outcome: str
    settled_at: datetime | None


async def list_returns(work: Work, call_id: UUID, place: Place) -> Listed[ReturnShown]:
    """The returns of a call in the order in which they were made; a focal point sees its own."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    query = select(nomination_return).where(nomination_return.c.call_id == call_id)
    if seen is not None:
        query = query.where(nomination_return.c.party.in_(seen))
    return await listed(
        work.connection,
        query,
        place,
        order=(nomination_return.c.returned_at, nomination_return.c.id),
        show=partial(_shown, personal=sees_persons(work)),
    )


def _shown(row: Any, *, personal: bool) -> ReturnShown:
    """The words are about somebody, and not for auditors."""
    found = row._mapping
    return ReturnShown(**{**found, "reason": found["reason"] if personal else None})
