"""The states of the search for a panel: where the counts can stand, and the greatest worth of each.

Candidate by candidate every reachable state is kept once; states that cannot end well, or that
another state surpasses, are let go. Nothing here gives up the best panel."""

from collections.abc import Sequence
from itertools import groupby

from .counting import Count, Group, Layout

Layer = dict[int, int]


def with_or_without(worth: int, layer: Layer, touched: Sequence[Count], mask: int) -> Layer:
    """Every state as it is and, where no count refuses, with one candidate more."""
    fields = [(count.shift, count.limit, count.refuses, 1 << count.shift) for count in touched]
    grown = dict(layer)
    for state, sum_so_far in layer.items():
        reached = state
        for shift, limit, refuses, one in fields:
            if (state >> shift) & mask < limit:
                reached += one
            elif refuses:
                break
        else:
            if grown.get(reached, -1) < sum_so_far + worth:
                grown[reached] = sum_so_far + worth
    return grown


def completable(layout: Layout, group: Group, layer: Layer) -> Layer:
    """The states that keep the minimum of this group and may end well; its count is forgotten."""
    closed: Layer = {}
    for state, worth in layer.items():
        rest = state
        if group.own is not None:
            reached = (state >> group.own.shift) & layout.mask
            if reached < group.own.minimum:
                continue
            rest -= reached << group.own.shift
        if worth > closed.get(rest, -1) and may_end_well(layout, group, rest):
            closed[rest] = worth
    return closed


def may_end_well(layout: Layout, group: Group, state: int) -> bool:
    """Whether the seats left and the officers to come can cover what each dimension lacks."""
    seats_left = layout.seats.limit - (state & layout.mask)
    if seats_left < group.owed_later:
        return False
    for _, entries in groupby(layout.counts.items(), key=lambda entry: entry[0][0]):
        lacking_in_dimension = 0
        for key, count in entries:
            lacking = max(0, count.minimum - ((state >> count.shift) & layout.mask))
            if lacking > group.counted_later.get(key, 0):
                return False
            lacking_in_dimension += lacking
        if lacking_in_dimension > seats_left:
            return False
    return True


def undominated(layout: Layout, layer: Layer) -> Layer:
    """Without the states that another, ahead or equal in every minimum, surpasses in worth."""
    best = dict(layer)
    for count in layout.counts.values():
        if not count.refuses:
            pass_down(best, count, layout.mask)
    return {state: worth for state, worth in layer.items() if best[state] == worth}


def pass_down(best: Layer, count: Count, mask: int) -> None:
    """Give each state the worth of the one that is one ahead in this count, where that is more."""
    one = 1 << count.shift
    ahead_first = sorted(best, key=lambda state: (state >> count.shift) & mask, reverse=True)
    for state in ahead_first:
        behind = state - one
        if (state >> count.shift) & mask and best.get(behind, best[state]) < best[state]:
            best[behind] = best[state]
