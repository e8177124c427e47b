"""Quotas of a call: how many seats a party, a sex or a kind of unit must have, and may have.

A dimension is any name: party, sex, unit, specialism, language, rank_band, first_time …"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

PARTY = "party"
SEATS = "seats"


class Bound(StrEnum):
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Quota:
    """Of the officers who hold a seat, `minimum` to `maximum` have `value` in `dimension`."""

    dimension: str
    value: str
    minimum: int = 0
    maximum: int | None = None

    def __post_init__(self) -> None:
        if self.minimum < 0 or (self.maximum is not None and self.maximum < 0):
            raise ValueError("a quota cannot be negative")


@dataclass(frozen=True)
class Candidate:
    """One nomination as the selection sees it. `rank` is the country's own: 1 is its first choice.

    `reference` is the officer reference as submitted, unique within its party and call. A trait is
    one value or several (an officer speaks several languages), and counts in each of them.
    `score` is the selection board's, the higher the better; None: no board has scored."""

    nomination_id: UUID
    party: str
    reference: str
    rank: int
    traits: Mapping[str, str | Collection[str]] = field(hash=False)
    late: bool = False
    score: Decimal | int | None = None

    def values_in(self, dimension: str) -> Collection[str]:
        if dimension == SEATS:
            return ("",)
        found = self.party if dimension == PARTY else self.traits.get(dimension, ())
        return (found,) if isinstance(found, str) else found


@dataclass(frozen=True)
class Obstacle:
    """A bound of a quota that stands in the way: the figure it asks for and the one there is.

    The dimension `seats` (with no value) counts everybody: at most as many as there are seats."""

    dimension: str
    value: str
    bound: Bound
    needed: int
    available: int

    def __str__(self) -> str:
        subject = f"{self.dimension} {self.value}".strip()
        limit = "at least" if self.bound is Bound.MINIMUM else "at most"
        return f"{subject}: {limit} {self.needed}, and there are {self.available}"


def broken_by(holders: Iterable[Candidate], quotas: Iterable[Quota]) -> tuple[Obstacle, ...]:
    """What is wrong with these holders of seats; empty when every quota is kept."""
    held, asked = tuple(holders), in_order(quotas)
    return tuple(broken_with(asked, [count_within(one, held) for one in asked]))


def broken_with(quotas: Sequence[Quota], counts: Sequence[int]) -> list[Obstacle]:
    """The bounds that these counts of the quotas do not keep."""
    broken: list[Obstacle] = []
    for quota, count in zip(quotas, counts, strict=True):
        if count < quota.minimum:
            broken.append(obstacle(quota, Bound.MINIMUM, count))
        if quota.maximum is not None and count > quota.maximum:
            broken.append(obstacle(quota, Bound.MAXIMUM, count))
    return broken


def obstacle(quota: Quota, bound: Bound, available: int) -> Obstacle:
    needed = quota.minimum if bound is Bound.MINIMUM else quota.maximum
    return Obstacle(quota.dimension, quota.value, bound, needed or 0, available)


def count_within(quota: Quota, candidates: Iterable[Candidate]) -> int:
    return sum(quota.value in one.values_in(quota.dimension) for one in candidates)


def what_remains_of(
    quotas: Iterable[Quota], holders: Iterable[Candidate]
) -> tuple[Quota, ...] | None:
    """What further officers must keep beside these holders; None: a maximum is passed."""
    held, asked = tuple(holders), tuple(quotas)
    counts = [count_within(one, held) for one in asked]
    if any(one.bound is Bound.MAXIMUM for one in broken_with(asked, counts)):
        return None
    return tuple(what_remains_with(asked, counts))


def what_remains_with(quotas: Sequence[Quota], counts: Sequence[int]) -> list[Quota]:
    """What further officers must keep where these counts are reached, and no maximum is passed."""
    return [
        Quota(
            quota.dimension,
            quota.value,
            max(0, quota.minimum - count),
            None if quota.maximum is None else quota.maximum - count,
        )
        for quota, count in zip(quotas, counts, strict=True)
    ]


def in_order(quotas: Iterable[Quota]) -> tuple[Quota, ...]:
    """One order however they were entered; two quotas on one value become the stricter."""
    merged: dict[tuple[str, str], Quota] = {}
    for quota in quotas:
        key = (quota.dimension, quota.value)
        merged[key] = stricter(merged[key], quota) if key in merged else quota
    return tuple(merged[key] for key in sorted(merged))


def stricter(one: Quota, other: Quota) -> Quota:
    maxima = [quota.maximum for quota in (one, other) if quota.maximum is not None]
    minimum = max(one.minimum, other.minimum)
    return Quota(one.dimension, one.value, minimum, min(maxima, default=None))
