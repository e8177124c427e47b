"""The one waiting list of a call: who comes when, and what blocks them for the next free seat."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Integer, Subquery, case, cast, func, select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..calls.quotas import quotas_of
from ..domain.kinds import counted_by
from ..domain.looking import Look
from ..domain.quotas import Obstacle, in_order
from ..loading import Stored, by_id
from ..rights import parties_seen
from ..seats.freed import seats_left_unused
from ..selecting.candidates import candidates_of, holders_of, waiting_by_kind
from ..tables import call, nomination
from .blocking import BlockShown, blocks_shown
from .nominations import NomineeShown, nominees_by_id

LATE = cast(nomination.c.late, Integer).label("comes_late")
UNSCORED = case((nomination.c.score.is_(None), 1), else_=0).label("comes_unscored")
SCORE = (-func.coalesce(nomination.c.score, 0)).label("score_downwards")
ORDER = (LATE, UNSCORED, SCORE, nomination.c.priority, nomination.c.lot, nomination.c.id)
"""The order of the field, as `domain/ordering.py` has it."""


class WaitingShown(BaseModel):
    """One who waits. `place` counts everybody on the list, 1 first."""

    place: int
    eligible: bool
    """Whether nothing blocks them for the next seat. Where no seat is free, as if there were one
    more: who leaves a seat may change it."""
    blocked_by: list[BlockShown]
    nominee: NomineeShown


async def list_waiting(work: Work, call_id: UUID, place: Place) -> Listed[WaitingShown]:
    """The waiting list in its order; a focal point sees its own. Raises `NotFound`."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    everybody = _numbered(call_id)
    query = select(everybody)
    if seen is not None:
        query = query.where(everybody.c.party.in_(seen))
    # By place alone: where the next page begins is told, and a score of the board is not.
    page: Listed[Stored] = await listed(
        work.connection,
        query,
        place,
        order=[everybody.c.place],
        show=lambda row: dict(row._mapping),
    )
    blocks = await _blocks(work, kept, page.items, whoever_waits=seen is not None)
    nominees = await nominees_by_id(work, call_id, [row["id"] for row in page.items])
    shown = [
        WaitingShown(
            place=row["place"],
            eligible=not blocking,
            blocked_by=blocks_shown(map(asdict, blocking), seen),
            nominee=nominees[row["id"]],
        )
        for row, blocking in zip(page.items, blocks, strict=True)
    ]
    return Listed[WaitingShown](items=shown, next=page.next)


async def first_waiting(work: Work, call_id: UUID, limit: int) -> Sequence[UUID]:
    """The first so many of the list."""
    waits = (nomination.c.call_id == call_id) & (nomination.c.status == "waitlisted")
    query = select(nomination.c.id).where(waits).order_by(*ORDER).limit(limit)
    return (await work.connection.execute(query)).scalars().all()


def _numbered(call_id: UUID) -> Subquery:
    """Everybody who waits, with their place."""
    place = func.row_number(type_=Integer).over(order_by=ORDER).label("place")
    waits = (nomination.c.call_id == call_id) & (nomination.c.status == "waitlisted")
    return select(nomination, LATE, UNSCORED, SCORE, place).where(waits).subquery()


async def _blocks(
    work: Work, kept: Stored, rows: Sequence[Stored], *, whoever_waits: bool
) -> Sequence[tuple[Obstacle, ...]]:
    """What blocks each of them for the next free seat. A party is told it as if whoever waits were
    cleared: what came of a screening must not show."""
    holders = await holders_of(work, kept["id"])
    unused = await seats_left_unused(work, kept["id"])
    free = max(1, kept["seats"] - len(unused) - len(holders))
    quotas = in_order(await quotas_of(work, kept["id"]))
    waiting = await waiting_by_kind(work, kept["id"], whoever_waits=whoever_waits)
    look = Look(free, quotas, holders, waiting)
    page = await candidates_of(work, kept["id"], rows)
    return [look.what_blocks(kind) for kind in counted_by(quotas, page)]
