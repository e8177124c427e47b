"""What no field of nominees could satisfy in what a call asks, each by its place in the body."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from shared.refusals import Fault

from ..bodies.calls import AmendCall
from .quotas import Placed

SEVERAL_VALUES = ("specialism", "language")
"""Dimensions in which one officer counts more than once."""

Dimensions = Mapping[str, Sequence[Placed]]


def contradictions(asked: AmendCall, quotas: Sequence[Placed]) -> list[Fault]:
    """Turned and repeated bounds, minima above the seats, maxima below what must be seated, and
    minima for whom the call does not admit."""
    first: dict[tuple[str, str], Placed] = {}
    for one in quotas:
        first.setdefault((one.quota.dimension, one.quota.value), one)
    by_dimension: dict[str, list[Placed]] = defaultdict(list)
    for one in first.values():
        by_dimension[one.quota.dimension].append(one)
    return [
        *_repeated(quotas, first.values()),
        *_turned(first.values()),
        *_of_parties(asked),
        *_of_years(asked),
        *_above_seats(asked, by_dimension),
        *_below_needed(asked, by_dimension),
        *_not_admitted(asked, first.values()),
    ]


def _repeated(quotas: Iterable[Placed], first: Collection[Placed]) -> Iterator[Fault]:
    """A quota named again; it is held against nothing else, so that one slip is one fault."""
    for one in quotas:
        if not any(one is other for other in first):
            yield Fault(one.path, "repeated", "named twice")


def _turned(quotas: Iterable[Placed]) -> Iterator[Fault]:
    for one in quotas:
        if one.quota.maximum is not None and one.quota.maximum < one.quota.minimum:
            yield Fault(one.path, "turned", "the maximum is below the minimum")


def _of_parties(asked: AmendCall) -> Iterator[Fault]:
    for at, one in enumerate(asked.parties):
        if one.reserves is not None and one.most_nominations is not None:
            message = "say how many nominations, or how many reserves"
            yield Fault(f"parties.{at}.reserves", "repeated", message)
        elif one.reserves is not None and one.maximum is None:
            message = "reserves are beyond a maximum of seats"
            yield Fault(f"parties.{at}.reserves", "no-maximum", message)
        elif one.most_nominations is not None and one.most_nominations < one.minimum:
            message = "fewer nominations than seats it must have"
            yield Fault(f"parties.{at}.most_nominations", "turned", message)


def _of_years(asked: AmendCall) -> Iterator[Fault]:
    least, most = asked.eligibility.years_minimum, asked.eligibility.years_maximum
    if least is not None and most is not None and most < least:
        message = "the maximum is below the minimum"
        yield Fault("eligibility.years_maximum", "turned", message)


def _above_seats(asked: AmendCall, dimensions: Dimensions) -> Iterator[Fault]:
    if asked.minimum_seats is not None and asked.minimum_seats > asked.seats:
        message = f"the minimum is {asked.minimum_seats}, and there are {asked.seats}"
        yield Fault("minimum_seats", "above-seats", message)
    for dimension, placed in dimensions.items():
        needed = _needed(dimension, placed)
        if needed > asked.seats:
            message = f"the minima ask for {needed} seats, and there are {asked.seats}"
            yield Fault(_place(placed), "above-seats", message)


def _below_needed(asked: AmendCall, dimensions: Dimensions) -> Iterator[Fault]:
    """Where everybody counts somewhere in a dimension, its maxima together bound all the seats."""
    needed = [_needed(dimension, placed) for dimension, placed in dimensions.items()]
    least = max(asked.minimum_seats or 0, *needed)
    for dimension, placed in dimensions.items():
        everybody = _values_of_everybody(asked, dimension)
        maxima = {one.quota.value: one.quota.maximum for one in placed}
        bounds = [maxima.get(value) for value in everybody or ()]
        if everybody and None not in bounds and sum(one or 0 for one in bounds) < least:
            message = f"the maxima leave fewer than the {least} seats that must be filled"
            yield Fault(_place(placed), "below-minimum", message)


def _not_admitted(asked: AmendCall, quotas: Iterable[Placed]) -> Iterator[Fault]:
    for one in quotas:
        everybody = _values_of_everybody(asked, one.quota.dimension)
        if one.quota.minimum and everybody and one.quota.value not in everybody:
            message = "officers whom the call does not admit"
            yield Fault(one.path, "not-admitted", message)


def _values_of_everybody(asked: AmendCall, dimension: str) -> Sequence[str] | None:
    """The values of which every nominee has exactly one; None: they may have another, or none."""
    match dimension:
        case "party":
            return [one.party for one in asked.parties]
        case "unit":
            return [one.unit for one in asked.units]
        case "sex":
            return asked.eligibility.sexes or ("female", "male", "not_stated")
        case "rank_band":
            return asked.eligibility.rank_bands
        case "first_time":
            return ("yes",) if asked.eligibility.first_time_only else None
    return None


def _needed(dimension: str, placed: Sequence[Placed]) -> int:
    minima = [one.quota.minimum for one in placed]
    return max(minima) if dimension in SEVERAL_VALUES else sum(minima)


def _place(placed: Sequence[Placed]) -> str:
    """The field that all stand in, or the first of them."""
    fields = {one.path.partition(".")[0] for one in placed}
    return fields.pop() if len(fields) == 1 else placed[0].path
