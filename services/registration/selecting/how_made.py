"""How a selection was made, and from that why each of the others was not selected."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam

from shared.context import Work

from ..domain.reasons import Code, Reason, why_not_drawn, why_not_selected
from ..domain.selection import Selection
from ..loading import Stored
from ..screening.standing import is_asked_for
from ..tables import nomination
from .candidates import Pool

CodedReasons = list[dict[str, str]]


@dataclass(frozen=True)
class HowMade:
    """By merit at once, unless said otherwise; of a lottery with the chances by nomination."""

    method: str = "merit"
    runs: int | None = None
    overrides: int = 0
    with_board: bool = False
    chances: Mapping[UUID, Fraction] | None = None

    def figures(self) -> dict[str, Any]:
        """What is kept and announced of it."""
        return {
            "method": self.method,
            "runs": self.runs,
            "overrides": self.overrides,
            "with_board": self.with_board,
        }


async def keep_reasons(
    work: Work, how: HowMade, pool: Pool, found: Selection, outside: Mapping[UUID, CodedReasons]
) -> None:
    """Have each who was not selected know why: true, and nothing of anybody else. `outside` are the
    reasons of those who were not in the pool."""
    inside = {
        one.nomination_id: [_coded(why) for why in told]
        for one, told in zip(found.waiting, _inside(how, pool, found), strict=True)
    }
    reasons = {**inside, **outside}
    if not reasons:
        return
    mine = nomination.update().where(nomination.c.id == bindparam("key"))
    await work.connection.execute(
        mine.values(outcome_reason=bindparam("why")),
        [{"key": one, "why": told} for one, told in reasons.items()],
    )


async def why_not_in_pool(work: Work, call: Stored) -> CodedReasons:
    """What is told to whoever was not in the pool of a call."""
    screened = await is_asked_for(work, call["project_id"])
    return [_coded(Reason(Code.NOT_IN_POOL if screened else Code.LATE))]


def _inside(how: HowMade, pool: Pool, found: Selection) -> tuple[tuple[Reason, ...], ...]:
    chances = how.chances
    if chances is not None:
        return why_not_drawn(lambda one: chances[one.nomination_id], found.waiting)
    return why_not_selected(pool.reference, pool.seats, pool.quotas, found.chosen, found.waiting)


def _coded(why: Reason) -> dict[str, str]:
    """The code, the dimension it speaks of, the chance as a fraction; what there is of it."""
    told = {"code": why.code, "dimension": why.dimension, "chance": why.chance}
    return {name: str(value) for name, value in told.items() if value is not None}
