"""How the quotas of a call stand: who is nominated, and who holds a seat, in each group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work
from shared.rights import Parties

from ..domain.nomination import HOLDING_A_SEAT, NO_LONGER_STANDING
from ..loading import Stored, several
from ..tables import nomination
from .calls import QuotaShown


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
    coded: list[Any] = [nomination.c[name] for name in ("party", "sex", "unit", "status")]
    query = select(*coded, func.count().label("number")).group_by(*coded)
    query = query.where(
        nomination.c.call_id == call_id, nomination.c.status.not_in(NO_LONGER_STANDING)
    )
    if seen is not None:
        query = query.where(nomination.c.party.in_(seen))
    counted = await several(work, query)
    return [_standing(quota, counted) for quota in quotas]


def _standing(quota: QuotaShown, counted: Sequence[Stored]) -> QuotaStanding:
    alike = [one for one in counted if one[quota.dimension] == quota.value]
    holding = sum(one["number"] for one in alike if one["status"] in HOLDING_A_SEAT)
    return QuotaStanding(quota, sum(one["number"] for one in alike), holding)
