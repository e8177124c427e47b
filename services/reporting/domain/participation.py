"""How far officers came in one or several activities, by party, unit and days attended.

A participation is one enrolment that was not cancelled; an officer is one person, however many
activities they took part in. Up to `confirmed` a step counts every nomination that ever reached
it; `attended` (on one day at least) and `completed` count participations.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from .split import Split, split, stated

K = TypeVar("K", bound=Hashable)


class Step(StrEnum):
    """The way from a name on a list to a completed activity."""

    NOMINATED = "nominated"
    SELECTED = "selected"
    CONFIRMED = "confirmed"
    ATTENDED = "attended"
    COMPLETED = "completed"


_SEATED = frozenset({Step.SELECTED, Step.CONFIRMED})
"""Whoever confirmed had a seat, even where a focal point filled it without an offer."""


@dataclass(frozen=True, slots=True)
class Nominee:
    """One nomination; `steps` are the states it was ever in."""

    person: Hashable
    party: str
    sex: str
    unit: str
    steps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Participant:
    """One enrolment; `days` are the days on which at least one session was attended."""

    person: Hashable
    party: str
    sex: str
    unit: str
    days: int
    cancelled: bool = False
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of one group of officers."""

    steps: Mapping[Step, Split]
    participations: Split
    officers: Split


def steps_reached(status: str, *, confirmed: bool) -> frozenset[str]:
    """The states that a nomination was in, as far as its present one tells: where it is only stated
    anew, the events of the others do not come again. Who declined or let expire had a seat."""
    had_a_seat = {"selected"} if status in ("declined", "expired") else set()
    return frozenset({status, *had_a_seat, *({"confirmed"} if confirmed else ())})


def figures(nominees: Sequence[Nominee], participants: Sequence[Participant]) -> Figures:
    """Count one group: the steps reached, participations, and unique officers."""
    taking_part = [one for one in participants if not one.cancelled]
    return Figures(
        steps={
            Step.NOMINATED: split(one.sex for one in nominees),
            Step.SELECTED: split(one.sex for one in nominees if one.steps & _SEATED),
            Step.CONFIRMED: split(one.sex for one in nominees if Step.CONFIRMED in one.steps),
            Step.ATTENDED: split(one.sex for one in taking_part if one.days),
            Step.COMPLETED: split(one.sex for one in taking_part if one.completed),
        },
        participations=split(one.sex for one in taking_part),
        officers=unique_officers(taking_part),
    )


def unique_officers(participants: Iterable[Participant]) -> Split:
    """Every person once, whatever the number of their participations."""
    sexes: defaultdict[Hashable, set[str]] = defaultdict(set)
    for one in participants:
        sexes[one.person].add(one.sex)
    return split(stated(known) for known in sexes.values())


def figures_by(
    key: Callable[[Nominee | Participant], K],
    nominees: Collection[Nominee],
    participants: Collection[Participant],
) -> dict[K, Figures]:
    """Count each group apart, in the order of its key as text."""
    nominated: defaultdict[K, list[Nominee]] = defaultdict(list)
    enrolled: defaultdict[K, list[Participant]] = defaultdict(list)
    for nominee in nominees:
        nominated[key(nominee)].append(nominee)
    for participant in participants:
        enrolled[key(participant)].append(participant)
    keys = sorted({*nominated, *enrolled}, key=str)
    return {this: figures(nominated[this], enrolled[this]) for this in keys}


def by_days(participants: Iterable[Participant]) -> dict[int, Split]:
    """Participations by days attended, from none to the most, with no number left out."""
    taking_part = [one for one in participants if not one.cancelled]
    most = max((one.days for one in taking_part), default=-1)
    return {
        days: split(one.sex for one in taking_part if one.days == days) for days in range(most + 1)
    }
