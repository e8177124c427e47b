"""Seats held for a coordinator, and what was decided on them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.refusals import NotFound
from shared.web.lists import Listed, Place, listed

from ..loading import by_id
from ..rights import parties_seen
from ..tables import (
    call,
    held_seat,
    offer,
    seat_decision,
)


class ObstacleShown(BaseModel):
    """A bound of a quota that stands in the way."""

    dimension: str
    value: str
    bound: str
    needed: int
    available: int


class HeldSeatShown(BaseModel):
    """A seat that nobody on the waiting list may have; no obstacle: the activity has begun."""

    call_id: UUID
    seat: int
    obstacles: list[ObstacleShown]
    held_at: datetime


class SeatDecisionShown(BaseModel):
    """How a held seat was decided: `given`, with the quotas it missed, or `left_unused`."""

    call_id: UUID
    seat: int
    decision: str
    nomination_id: UUID | None
    missed: list[ObstacleShown]
    reason: str | None
    """Null once the officer it was given to is erased."""
    decided_at: datetime


async def list_held_seats(work: Work, call_id: UUID, place: Place) -> Listed[HeldSeatShown]:
    """The held seats of a call by number. Raises `NotFound` for who sees one party only."""
    await require_whole_call_seen(work, call_id)
    query = select(held_seat, offer.c.seat).join(offer, offer.c.id == held_seat.c.offer_id)
    mine = query.where(held_seat.c.call_id == call_id)
    return await listed(work.connection, mine, place, order=[offer.c.seat], show=_held_seat)


async def list_seat_decisions(work: Work, call_id: UUID, place: Place) -> Listed[SeatDecisionShown]:
    """What was decided on the seats of a call. Raises `NotFound` for who sees one party only."""
    await require_whole_call_seen(work, call_id)
    query = select(seat_decision).where(seat_decision.c.call_id == call_id)
    order = [seat_decision.c.decided_at, seat_decision.c.offer_id]
    return await listed(work.connection, query, place, order=order, show=_decision)


async def show_seat_decision(work: Work, call_id: UUID, seat: int) -> SeatDecisionShown:
    """The last decision on a seat."""
    query = select(seat_decision).where(
        seat_decision.c.call_id == call_id, seat_decision.c.seat == seat
    )
    last = query.order_by(seat_decision.c.decided_at.desc(), seat_decision.c.offer_id.desc())
    return _decision((await work.connection.execute(last.limit(1))).one())


async def require_whole_call_seen(work: Work, call_id: UUID) -> None:
    """Raises `NotFound` unless the caller sees the nominations of every party."""
    kept = await by_id(work, call, call_id)
    if await parties_seen(work, kept["project_id"]) is not None:
        raise NotFound


def _held_seat(row: Any) -> HeldSeatShown:
    return HeldSeatShown.model_validate(dict(row._mapping))


def _decision(row: Any) -> SeatDecisionShown:
    return SeatDecisionShown.model_validate(dict(row._mapping))
