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

from .split import Split, split

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
class Nominees:
    """So many nominations that are alike; `steps` are those they ever reached."""

    number: int
    party: str
    sex: str
    unit: str
    steps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Participants:
    """So many enrolments that are alike, none of them cancelled; `days` are the days on which at
    least one session was attended."""

    number: int
    party: str
    sex: str
    unit: str
    days: int
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of one group of officers."""

    steps: Mapping[Step, Split]
    participations: Split
    officers: Split


def steps_reached(status: str, *, selected: bool, confirmed: bool) -> frozenset[Step]:
    """How far a nomination ever came: who declined or let expire had a seat."""
    seated = selected or status in ("selected", "declined", "expired")
    reached = ((Step.SELECTED, seated), (Step.CONFIRMED, confirmed or status == "confirmed"))
    return frozenset(step for step, is_reached in reached if is_reached)


def figures(
    nominees: Sequence[Nominees], participants: Sequence[Participants], officers: Split
) -> Figures:
    """Count one group, of whom there are so many officers: steps reached, participations."""
    return Figures(
        steps={
            Step.NOMINATED: _split(nominees),
            Step.SELECTED: _split(one for one in nominees if one.steps & _SEATED),
            Step.CONFIRMED: _split(one for one in nominees if Step.CONFIRMED in one.steps),
            Step.ATTENDED: _split(one for one in participants if one.days),
            Step.COMPLETED: _split(one for one in participants if one.completed),
        },
        participations=_split(participants),
        officers=officers,
    )


def figures_by(
    key: Callable[[Nominees | Participants], K],
    nominees: Collection[Nominees],
    participants: Collection[Participants],
    officers: Mapping[K, Split],
) -> dict[K, Figures]:
    """Count each group apart, in the order of its key as text."""
    nominated: defaultdict[K, list[Nominees]] = defaultdict(list)
    enrolled: defaultdict[K, list[Participants]] = defaultdict(list)
    for nominee in nominees:
        nominated[key(nominee)].append(nominee)
    for participant in participants:
        enrolled[key(participant)].append(participant)
    keys = sorted({*nominated, *enrolled}, key=str)
    return {
        this: figures(nominated[this], enrolled[this], officers.get(this, Split())) for this in keys
    }


def by_days(participants: Sequence[Participants]) -> dict[int, Split]:
    """Participations by days attended, from none to the most, with no number left out."""
    most = max((one.days for one in participants), default=-1)
    return {
        days: _split(one for one in participants if one.days == days) for days in range(most + 1)
    }


def _split(several: Iterable[Nominees | Participants]) -> Split:
    return split((one.sex, one.number) for one in several)
