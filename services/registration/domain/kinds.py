"""Which quotas count whom, and who is alike in that: a program counts kinds, not persons."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from .quotas import (
    Candidate,
    Quota,
    count_within,
    in_order,
)

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


def that_can_bind(quotas: Iterable[Quota], candidates: Sequence[Candidate]) -> tuple[Quota, ...]:
    """In order, without what any panel of these candidates keeps: it need tell nobody apart."""
    kept = []
    for quota in in_order(quotas):
        present = count_within(quota, candidates)
        idle = quota.maximum is None or quota.maximum >= present
        if quota.minimum or not idle:
            kept.append(replace(quota, maximum=None if idle else quota.maximum))
    return tuple(kept)


def gathered(keys: Iterable[Key]) -> dict[Key, list[int]]:
    """The places at which each key stands, the keys in the order of their first place."""
    found: dict[Key, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return found
