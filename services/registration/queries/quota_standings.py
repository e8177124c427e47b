"""How the quotas of a call stand: who is nominated, and who holds a seat, in each group."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select

from shared.context import Work
from shared.rights import Parties

from ..domain.nomination import HOLDING_A_SEAT, NO_LONGER_STANDING
from ..loading import Stored, several
from ..past.history import first_timers
from ..rights import parties_seen
from ..selecting.candidates import COLUMNS, FIRST_TIME
from ..tables import nomination
from .calls import QuotaShown, show_call


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


class QuotaStandingShown(QuotaShown):
    """A quota, and how it stands."""

    nominated: int
    holding: int
    kept: bool


class QuotasShown(BaseModel):
    """The quotas of a call."""

    call_id: UUID
    quotas: list[QuotaStandingShown]


async def show_standings(work: Work, call_id: UUID) -> QuotasShown:
    """The quotas of a call as they stand. Raises `NotFound`."""
    call = await show_call(work, call_id)
    seen = await parties_seen(work, call.project_id)
    standings = await quota_standings(work, call_id, call.quotas, seen)
    shown = [
        QuotaStandingShown(
            **one.quota.model_dump(),
            nominated=one.nominated,
            holding=one.holding,
            kept=one.kept,
        )
        for one in standings
    ]
    return QuotasShown(call_id=call_id, quotas=shown)


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
    nominated, holding = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in counted:
        groups = dict.fromkeys(_groups(row, {one.dimension for one in quotas}, new), row["number"])
        nominated.update(groups)
        if row["status"] in HOLDING_A_SEAT:
            holding.update(groups)
    keys = [(one.dimension, one.value) for one in quotas]
    return [
        QuotaStanding(quota, nominated[key], holding[key])
        for quota, key in zip(quotas, keys, strict=True)
    ]


def _groups(
    row: Stored, dimensions: Collection[str], new: Collection[UUID]
) -> Iterator[tuple[str, str]]:
    """The groups in which these nominees count."""
    for dimension in dimensions:
        value = row[COLUMNS.get(dimension, dimension)]
        if dimension == FIRST_TIME:
            value = "yes" if value in new else None
        for one in value if isinstance(value, list) else [value]:
            yield dimension, one
