"""The record of a seat that passes on: what left it free, whom it went to, whom it passed over."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from shared.context import Work
from shared.ids import new_id

from ..domain.quotas import Obstacle
from ..domain.waiting_list import PassedOver
from ..loading import standing_offer
from ..tables import seat_passing

Outcome = Literal["offered", "held", "given", "left_unused", "replaced"]


async def note_passing(
    work: Work,
    call_id: UUID,
    seat: int,
    outcome: Outcome,
    *,
    left_by: UUID | None,
    given_to: UUID | None = None,
    obstacles: Sequence[Obstacle] = (),
    passed_over: Sequence[PassedOver] = (),
) -> None:
    """Put one passing on record. `left_by` is the offer that ended, `given_to` the nomination that
    is offered the seat; for `obstacles` it was held, or it was given in spite of them."""
    reasons: dict[tuple[Obstacle, ...], int] = {}
    looked_at = [
        [str(one.candidate.nomination_id), reasons.setdefault(one.obstacles, len(reasons))]
        for one in passed_over
    ]
    offered = await standing_offer(work, given_to) if given_to else None
    row = {
        "id": new_id(),
        "call_id": call_id,
        "seat": seat,
        "offer_id": left_by,
        "outcome": outcome,
        "next_offer_id": offered["id"] if offered else None,
        "obstacles": _plain(obstacles),
        "reasons": [_plain(one) for one in reasons],
        "passed_over": looked_at,
        "passed_at": work.now,
    }
    await work.connection.execute(seat_passing.insert().values(**row))


def _plain(obstacles: Sequence[Obstacle]) -> list[dict[str, Any]]:
    return [asdict(one) for one in obstacles]
