"""Which quotas count whom, and who is alike in that: a program counts kinds, not persons."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from .quotas import Candidate, Quota

Key = TypeVar("Key", bound=Hashable)


def counted_by(quotas: Sequence[Quota], candidates: Iterable[Candidate]) -> list[tuple[int, ...]]:
    """For every candidate the places of the quotas that count them, ascending.

    No two of `quotas` may be on one value."""
    places = {(quota.dimension, quota.value): place for place, quota in enumerate(quotas)}
    dimensions = {quota.dimension for quota in quotas}
    return [
        tuple(
            sorted(
                places[dimension, value]
                for dimension in dimensions
                for value in set(one.values_in(dimension))
                if (dimension, value) in places
            )
        )
        for one in candidates
    ]


def gathered(keys: Iterable[Key]) -> dict[Key, list[int]]:
    """The places at which each key stands, the keys in the order of their first place."""
    found: dict[Key, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return found
