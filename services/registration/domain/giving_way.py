"""Bounds of quotas that may give way: a column for each says by how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from .kinds import counted_by, gathered
from .programs import Program
from .quotas import Bound, Candidate, Quota, count_within


@dataclass(frozen=True)
class Slack:
    """A bound that may give way, by `most` at most: no more could help."""

    quota: Quota
    bound: Bound
    most: int


def slacks(quotas: Sequence[Quota], everyone: Sequence[Candidate]) -> list[Slack]:
    found = []
    for quota in quotas:
        found.append(Slack(quota, Bound.MINIMUM, quota.minimum))
        if quota.maximum is not None:
            more = max(0, count_within(quota, everyone) - quota.maximum)
            found.append(Slack(quota, Bound.MAXIMUM, more))
    return [one for one in found if one.most]


def relaxed(
    quotas: Sequence[Quota],
    bounds: Sequence[Slack],
    candidates: Sequence[Candidate],
    holders: Sequence[Candidate] = (),
    fewest: int = 0,
) -> Program:
    """A column for each bound, how much it gives way, then one for each kind of candidate."""
    alike = gathered(counted_by(quotas, candidates))
    program = Program([*(one.most for one in bounds), *(len(places) for places in alike.values())])
    kinds = list(enumerate(alike, start=len(bounds)))
    program.keep((column for column, _ in kinds), max(0, fewest - len(holders)), None)
    for place, quota in enumerate(quotas):
        counted = {column: 1 for column, touched in kinds if place in touched}
        held = count_within(quota, holders)
        gives = {one.bound: column for column, one in enumerate(bounds) if one.quota is quota}
        lower = {gives[Bound.MINIMUM]: 1} if Bound.MINIMUM in gives else {}
        program.keep_weighted({**counted, **lower}, quota.minimum - held, None)
        if quota.maximum is not None:
            higher = {gives[Bound.MAXIMUM]: -1} if Bound.MAXIMUM in gives else {}
            program.keep_weighted({**counted, **higher}, None, quota.maximum - held)
    return program
