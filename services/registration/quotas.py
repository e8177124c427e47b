"""The quotas of a call: as asked, as stored, and as the selection reads them."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts.registration import CallQuota
from shared.refusals import Fault

from .bodies.calls import OpenCall
from .domain.eligibility import Conditions
from .domain.quotas import Quota
from .loading import several
from .tables import call_quota


def quotas_asked(asked: OpenCall) -> list[CallQuota]:
    """Every bound of a call as one row: dimension, value, minimum, maximum."""
    women = [CallQuota(dimension="sex", value="female", minimum=asked.women_minimum)]
    return [
        *(
            CallQuota(dimension="party", value=one.party, minimum=one.minimum, maximum=one.maximum)
            for one in asked.parties
        ),
        *(women if asked.women_minimum else []),
        *(
            CallQuota(dimension="unit", value=one.unit, minimum=one.minimum, maximum=one.maximum)
            for one in asked.units
        ),
    ]


def contradictions(seats: int, quotas: Sequence[CallQuota]) -> list[Fault]:
    """What no field of nominees could satisfy: turned bounds, repetitions, minima above seats."""
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for quota in quotas:
        path = f"{quota.dimension}.{quota.value}"
        if (quota.dimension, quota.value) in seen:
            faults.append(Fault(path, "repeated", "named twice"))
        if quota.maximum is not None and quota.maximum < quota.minimum:
            faults.append(Fault(path, "turned", "the maximum is below the minimum"))
        seen.add((quota.dimension, quota.value))
    for dimension, group in groupby(quotas, key=lambda quota: quota.dimension):
        needed = sum(quota.minimum for quota in group)
        if needed > seats:
            message = f"the minima ask for {needed} seats, and there are {seats}"
            faults.append(Fault(dimension, "above-seats", message))
    return faults


async def quotas_of(work: Work, call_id: UUID) -> tuple[Quota, ...]:
    """The quotas of a call for the rules in `domain`."""
    query = select(call_quota).where(call_quota.c.call_id == call_id)
    ordered = query.order_by(call_quota.c.dimension, call_quota.c.value)
    return tuple(
        Quota(row["dimension"], row["value"], row["minimum"], row["maximum"])
        for row in await several(work, ordered)
    )


def conditions(quotas: Sequence[Quota]) -> Conditions:
    """Who may be nominated: the parties invited, and officers of the units named."""
    return Conditions(
        parties=frozenset(one.value for one in quotas if one.dimension == "party"),
        units=frozenset(one.value for one in quotas if one.dimension == "unit"),
    )
