"""The quotas of a call: as asked, as stored, and as the selection reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts.registration import CallQuota

from ..bodies.calls import AmendCall, PartyInvited
from ..domain.quotas import Quota
from ..loading import several
from ..tables import call_quota


@dataclass(frozen=True)
class Placed:
    """A quota, and where in the body it stands."""

    path: str
    quota: CallQuota


def quotas_asked(asked: AmendCall) -> list[Placed]:
    """Every bound of a call as one row: dimension, value, minimum, maximum."""
    return [Placed(path, CallQuota(**bound)) for path, bound in _bounds(asked)]


def _bounds(asked: AmendCall) -> Iterator[tuple[str, dict[str, Any]]]:
    for at, one in enumerate(asked.parties):
        yield f"parties.{at}", _bound("party", one.party, one.minimum, one.maximum)
    if asked.women_minimum or asked.women_maximum is not None:
        women = _bound("sex", "female", asked.women_minimum, asked.women_maximum)
        yield "women_minimum", women
    for at, unit in enumerate(asked.units):
        yield f"units.{at}", _bound("unit", unit.unit, unit.minimum, unit.maximum)
    for at, quota in enumerate(asked.quotas):
        yield f"quotas.{at}", quota.model_dump()


def _bound(dimension: str, value: str, minimum: int, maximum: int | None) -> dict[str, Any]:
    return {"dimension": dimension, "value": value, "minimum": minimum, "maximum": maximum}


def quota_rows(
    call_id: UUID, asked: AmendCall, quotas: Sequence[CallQuota]
) -> list[dict[str, Any]]:
    """The quotas as they are stored, with how many officers each party may nominate."""
    most = {one.party: most_nominations(one) for one in asked.parties}
    return [
        {
            "call_id": call_id,
            **quota.model_dump(),
            "most_nominations": most[quota.value] if quota.dimension == "party" else None,
        }
        for quota in quotas
    ]


def most_nominations(party: PartyInvited) -> int | None:
    """A figure, or the seats a party may have and the reserves beside; None: any number."""
    if party.reserves is None or party.maximum is None:
        return party.most_nominations
    return party.maximum + party.reserves


async def quotas_of(work: Work, call_id: UUID) -> tuple[Quota, ...]:
    """The quotas of a call for the rules in `domain`."""
    query = select(call_quota).where(call_quota.c.call_id == call_id)
    ordered = query.order_by(call_quota.c.dimension, call_quota.c.value)
    return tuple(
        Quota(row["dimension"], row["value"], row["minimum"], row["maximum"])
        for row in await several(work, ordered)
    )


def invited(quotas: Sequence[Quota]) -> frozenset[str]:
    """The parties that may nominate."""
    return frozenset(one.value for one in quotas if one.dimension == "party")
