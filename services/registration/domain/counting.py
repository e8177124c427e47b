"""How the search counts: the seats taken and what each quota has got, packed in one integer.

The dimension with most quotas (as a rule the party) leads: its values are worked through one after
the other, so one field of the integer serves them all. A count with only a minimum stops there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .quotas import Candidate, Quota, count_within, in_order


@dataclass(frozen=True)
class Count:
    """One field of the integer; at `limit` it refuses one more (a maximum) or stays (a minimum)."""

    shift: int
    limit: int
    refuses: bool
    minimum: int


@dataclass(frozen=True)
class Group:
    """Candidates (by index) alike in the leading dimension, and what they leave for those after.

    `counted_later` says for each other quota how many officers of later groups it may still get,
    `owed_later` how many seats the minima of later groups will take."""

    members: tuple[int, ...]
    own: Count | None
    counted_later: Mapping[tuple[str, str], int]
    owed_later: int


@dataclass(frozen=True)
class Layout:
    seats: Count
    mask: int
    counts: Mapping[tuple[str, str], Count]
    groups: tuple[Group, ...]

    def counts_touched_by(self, candidate: Candidate, group: Group) -> tuple[Count, ...]:
        own = () if group.own is None else (group.own,)
        others = (
            count
            for (dimension, value), count in self.counts.items()
            if value in candidate.values_in(dimension)
        )
        return (self.seats, *own, *others)


def lay_out(seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate]) -> Layout:
    """Fields and groups for the quotas that can make a difference; the others cost nothing."""
    kept = those_that_matter(quotas, candidates)
    leading = leading_dimension(kept)
    width = max([seats, *(limit_of(quota) for quota in kept)]).bit_length()
    others = [quota for quota in kept if quota.dimension != leading]
    counts = {
        (quota.dimension, quota.value): count_of(quota, width * place)
        for place, quota in enumerate(others, start=2)
    }
    return Layout(
        seats=Count(0, seats, refuses=True, minimum=0),
        mask=(1 << width) - 1,
        counts=counts,
        groups=groups_of(
            candidates,
            [quota for quota in kept if quota.dimension == leading],
            width,
            tuple(counts),
        ),
    )


def those_that_matter(
    quotas: Sequence[Quota], candidates: Sequence[Candidate]
) -> tuple[Quota, ...]:
    """Without the minima of 0 and the maxima that all the candidates together would not pass."""
    kept = []
    for quota in in_order(quotas):
        present = count_within(quota, candidates)
        idle = quota.maximum is None or quota.maximum >= present
        maximum = None if idle else quota.maximum
        if quota.minimum or maximum is not None:
            kept.append(Quota(quota.dimension, quota.value, quota.minimum, maximum))
    return tuple(kept)


def leading_dimension(quotas: Sequence[Quota]) -> str | None:
    tally = Counter(quota.dimension for quota in quotas)
    return max(tally, key=lambda dimension: (tally[dimension], dimension), default=None)


def groups_of(
    candidates: Sequence[Candidate],
    leading: Sequence[Quota],
    width: int,
    counted: Sequence[tuple[str, str]],
) -> tuple[Group, ...]:
    """One group per quota of the leading dimension, then one of everybody whom none concerns."""
    unplaced = list(range(len(candidates)))
    parts: list[tuple[Quota | None, list[int]]] = []
    for quota in leading:
        alike = [i for i in unplaced if quota.value in candidates[i].values_in(quota.dimension)]
        unplaced = [i for i in unplaced if i not in set(alike)]
        parts.append((quota, alike))
    parts.append((None, unplaced))
    groups: list[Group] = []
    later: Counter[tuple[str, str]] = Counter()
    owed = 0
    for part, members in reversed(parts):
        own = None if part is None else count_of(part, width)
        groups.append(Group(tuple(members), own, dict(later), owed))
        owed += 0 if part is None else part.minimum
        later.update(
            key for i in members for key in counted if key[1] in candidates[i].values_in(key[0])
        )
    return tuple(reversed(groups))


def count_of(quota: Quota, shift: int) -> Count:
    return Count(shift, limit_of(quota), quota.maximum is not None, quota.minimum)


def limit_of(quota: Quota) -> int:
    return quota.minimum if quota.maximum is None else quota.maximum
