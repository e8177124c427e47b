"""The panel of greatest worth that keeps every quota: exact, by dynamic programming over counts.

Worth is one integer per candidate and adds up; the caller packs its order of preference into it.
A narrow search first finds a good panel; the full search then skips what cannot come up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .counting import Layout, lay_out
from .quotas import Candidate, Quota, count_within, in_order
from .states import Layer, completable, undominated, with_or_without

NARROW = 200


def greatest_worth(
    seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate], worth: Sequence[int]
) -> int | None:
    """The greatest sum of worth of at most `seats` candidates who keep every quota, or None.

    `worth[i]` belongs to `candidates[i]`; no two sets of candidates may have the same worth."""
    if seats < 0 or any_is_hopeless(quotas, candidates):
        return None
    search = prepare(seats, quotas, candidates, worth)
    return search.greatest(at_least=search.greatest(width=NARROW) or 0)


def can_be_met(seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate]) -> bool:
    """Whether at most `seats` of these candidates can keep every quota."""
    if seats < 0 or any_is_hopeless(quotas, candidates):
        return False
    if all(quota.minimum == 0 for quota in quotas):
        return True
    search = prepare(seats, quotas, candidates, [1 << place for place in range(len(candidates))])
    return search.greatest(width=NARROW) is not None or search.greatest() is not None


@dataclass(frozen=True)
class Search:
    """`outlook[group][seats left]` is the most worth that the groups after it could still add."""

    layout: Layout
    candidates: Sequence[Candidate]
    worth: Sequence[int]
    outlook: Sequence[Sequence[int]]

    def greatest(self, at_least: int = 0, width: int | None = None) -> int | None:
        """The greatest worth that is `at_least` this; None if there is none.

        With a `width` only so many states are pursued: quick, but it may miss the best panel."""
        layer: Layer = {0: 0}
        for group, ahead in zip(self.layout.groups, self.outlook, strict=True):
            for index in group.members:
                touched = self.layout.counts_touched_by(self.candidates[index], group)
                layer = with_or_without(self.worth[index], layer, touched, self.layout.mask)
            layer = completable(self.layout, group, layer)
            layer = undominated(self.layout, self.promising(layer, ahead, at_least, width))
        return max(layer.values(), default=None)

    def promising(
        self, layer: Layer, ahead: Sequence[int], at_least: int, width: int | None
    ) -> Layer:
        """The states that may come up to `at_least`, or the `width` most hopeful of them."""
        seats = self.layout.seats.limit
        hope = {
            state: worth + ahead[seats - (state & self.layout.mask)]
            for state, worth in layer.items()
        }
        kept = [state for state in layer if hope[state] >= at_least]
        if width is not None:
            kept = sorted(kept, key=hope.__getitem__, reverse=True)[:width]
        return {state: layer[state] for state in kept}


def prepare(
    seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate], worth: Sequence[int]
) -> Search:
    layout = lay_out(seats, quotas, candidates)
    return Search(layout, candidates, worth, outlook_of(layout, worth))


def outlook_of(layout: Layout, worth: Sequence[int]) -> list[list[int]]:
    """What later groups could add if nothing bound them but seats and their own maximum."""
    seats = layout.seats.limit
    ahead = [0] * (seats + 1)
    outlook: list[list[int]] = []
    for group in reversed(layout.groups):
        outlook.append(ahead)
        best_first = sorted((worth[index] for index in group.members), reverse=True)
        room = group.own.limit if group.own is not None and group.own.refuses else seats
        sums = [0, *accumulate(best_first[:room])]
        ahead = [
            max(sums[taken] + ahead[left - taken] for taken in range(min(left + 1, len(sums))))
            for left in range(seats + 1)
        ]
    return outlook[::-1]


def any_is_hopeless(quotas: Sequence[Quota], candidates: Sequence[Candidate]) -> bool:
    return any(
        count_within(quota, candidates) < quota.minimum or passes_itself(quota)
        for quota in in_order(quotas)
    )


def passes_itself(quota: Quota) -> bool:
    return quota.maximum is not None and quota.maximum < quota.minimum
