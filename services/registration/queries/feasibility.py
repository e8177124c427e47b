"""Whether the quotas of a call can be kept by those nominated so far, and if not, what would do."""

from collections.abc import Callable, Sequence
from uuid import UUID

from pydantic import BaseModel

from shared.context import Work
from shared.rights import require_staff

from ..domain.conflicts import what_stands_in_the_way
from ..domain.panels import can_be_met
from ..domain.quotas import (
    Obstacle,
    Quota,
    count_within,
    in_order,
)
from ..domain.relaxations import Relaxation, relaxations
from ..loading import by_id
from ..refusals.calls import AlreadySelected
from ..selecting.candidates import Pool, pool_of
from ..tables import call
from .held_seats import ObstacleShown

InWords = Callable[[Relaxation], str]
"""Says in the reader's language which changes would be enough."""


class QuotaFilled(BaseModel):
    """A quota, and how many of the nominees count towards it."""

    dimension: str
    value: str
    minimum: int
    maximum: int | None
    nominated: int


class BoundChanged(BaseModel):
    """A bound that is now `now` and would have to be `to`."""

    dimension: str
    value: str
    bound: str
    now: int
    to: int


class RelaxationShown(BaseModel):
    """Changes that are enough together, in figures and in the reader's words, one a line."""

    changes: list[BoundChanged]
    words: str


class FeasibilityShown(BaseModel):
    """The pool of a call held against its quotas. It grows until the deadline."""

    call_id: UUID
    seats: int
    nominated: int
    waiting_for_clearance: int
    """How many more would be in the pool once they are cleared."""
    pool_digest: str
    feasible: bool
    quotas: list[QuotaFilled]
    obstacles: list[ObstacleShown]
    relaxations: list[RelaxationShown]
    """The smallest changes of bounds, each of which would be enough."""


async def pool_before_selection(work: Work, call_id: UUID) -> Pool:
    """What there is to select from. Raises `NotFound`, and `AlreadySelected`."""
    kept = await by_id(work, call, call_id)
    await require_staff(work, kept["project_id"], "coordinator")
    if kept["selected_at"] is not None:
        raise AlreadySelected
    return await pool_of(work, call_id)


def feasibility_of(call_id: UUID, pool: Pool, say: InWords) -> FeasibilityShown:
    """How the pool stands; slow for a large one, and without the database."""
    asked = in_order(pool.quotas)
    feasible = can_be_met(pool.seats, asked, pool.candidates)
    obstacles = () if feasible else what_stands_in_the_way(pool.seats, asked, pool.candidates)
    return FeasibilityShown(
        call_id=call_id,
        seats=pool.seats,
        nominated=len(pool.candidates),
        waiting_for_clearance=pool.waiting_for_clearance,
        pool_digest=pool.digest,
        feasible=feasible,
        quotas=[_filled(one, pool) for one in asked],
        obstacles=obstacles_shown(obstacles),
        relaxations=[] if feasible else _relaxations(pool, say),
    )


def obstacles_shown(obstacles: Sequence[Obstacle]) -> list[ObstacleShown]:
    """Obstacles as they are answered."""
    return [ObstacleShown.model_validate(one, from_attributes=True) for one in obstacles]


def _relaxations(pool: Pool, say: InWords) -> list[RelaxationShown]:
    return [
        RelaxationShown(
            changes=[
                BoundChanged.model_validate(one, from_attributes=True) for one in found.changes
            ],
            words=say(found),
        )
        for found in relaxations(pool.seats, pool.quotas, pool.candidates)
    ]


def _filled(quota: Quota, pool: Pool) -> QuotaFilled:
    return QuotaFilled(
        dimension=quota.dimension,
        value=quota.value,
        minimum=quota.minimum,
        maximum=quota.maximum,
        nominated=count_within(quota, pool.candidates),
    )
