"""How the quotas of a call stand: who is nominated, and who holds a seat, in each group."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work
from shared.rights import Parties

from ..candidates import FIRST_TIME
from ..domain.nomination import HOLDING_A_SEAT, NO_LONGER_STANDING
from ..history import first_timers
from ..loading import Stored, several
from ..tables import nomination
from .calls import QuotaShown

COLUMNS = {"specialism": "specialisms", "language": "languages", FIRST_TIME: "person_id"}
"""Where a dimension stands in a nomination; the others stand under their own name."""


@dataclass(frozen=True)
class QuotaStanding:
    """A quota, how many nominees count towards it, and how many of them hold a seat."""

    quota: QuotaShown
    nominated: int
    holding: int

    @property
    def kept(self) -> bool:
        """Whether those who hold a seat keep it."""
        most = self.quota.maximum
        return self.quota.minimum <= self.holding and (most is None or self.holding <= most)


async def quota_standings(
    work: Work, call_id: UUID, quotas: Sequence[QuotaShown], seen: Parties
) -> Sequence[QuotaStanding]:
    """Each quota of a call, counted over the nominees of the parties seen."""
    names = {COLUMNS.get(one.dimension, one.dimension) for one in quotas}
    coded: list[Any] = [nomination.c[name] for name in sorted({*names, "status"})]
    query = select(*coded, func.count().label("number")).group_by(*coded)
    query = query.where(
        nomination.c.call_id == call_id, nomination.c.status.not_in(NO_LONGER_STANDING)
    )
    if seen is not None:
        query = query.where(nomination.c.party.in_(seen))
    counted = await several(work, query)
    new: frozenset[UUID] = frozenset()
    if "person_id" in names:
        new = await first_timers(work, {one["person_id"] for one in counted})
    return [_standing(quota, counted, new) for quota in quotas]


def _standing(quota: QuotaShown, counted: Sequence[Stored], new: Collection[UUID]) -> QuotaStanding:
    alike = [one for one in counted if _counts(quota, one, new)]
    holding = sum(one["number"] for one in alike if one["status"] in HOLDING_A_SEAT)
    return QuotaStanding(quota, sum(one["number"] for one in alike), holding)


def _counts(quota: QuotaShown, one: Stored, new: Collection[UUID]) -> bool:
    value = one[COLUMNS.get(quota.dimension, quota.dimension)]
    if quota.dimension == FIRST_TIME:
        return value in new
    return quota.value in value if isinstance(value, list) else bool(quota.value == value)
