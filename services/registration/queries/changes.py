"""Changes of nominations that were asked for, and how they were decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..bodies.nominations import OfficerNominated
from ..loading import by_id
from ..nominees.change_requests import officer_asked_for
from ..rights import parties_seen, require_party_seen, sees_persons
from ..tables import call, change_request
from .nominations import DeclarationShown


class ChangeShown(BaseModel):
    """A change that was asked for, without anything personal, as it is answered and stored. `state`
    is open, accepted, refused, taken_back, or ended with the nomination."""

    id: UUID
    nomination_id: UUID
    call_id: UUID
    party: str
    change: str
    priority: int | None
    state: str
    asked_at: datetime
    decided_at: datetime | None
    version: int


class ChangeInFull(ChangeShown):
    """The same with its words, and the officer it describes while it waits for a decision; to
    auditors with neither."""

    reason: str | None
    decision_reason: str | None
    officer: OfficerNominated | None
    declaration: DeclarationShown | None = None
    """That the officer signed, where the change says so."""


async def show_change(work: Work, request_id: UUID) -> ChangeShown:
    """One request. Raises `NotFound` for another party's."""
    kept = await by_id(work, change_request, request_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    return ChangeShown(**kept)


async def show_change_in_full(work: Work, request_id: UUID) -> ChangeInFull:
    """One request with its words. Raises `NotFound` for another party's."""
    kept = await by_id(work, change_request, request_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    return _in_full(work, kept)


async def list_changes(work: Work, call_id: UUID, place: Place) -> Listed[ChangeInFull]:
    """The requests of a call in the order in which they came; a focal point sees its own."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    query = select(change_request).where(change_request.c.call_id == call_id)
    if seen is not None:
        query = query.where(change_request.c.party.in_(seen))
    return await listed(
        work.connection,
        query,
        place,
        order=(change_request.c.asked_at, change_request.c.id),
        show=lambda row: _in_full(work, dict(row._mapping)),
    )


def _in_full(work: Work, row: dict[str, Any]) -> ChangeInFull:
    if not sees_persons(work):
        return ChangeInFull(**{**row, "officer": None, "reason": None, "decision_reason": None})
    return ChangeInFull(**{**row, "officer": officer_asked_for(row)})
