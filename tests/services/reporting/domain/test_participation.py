"""Counting officers on their way, without any database."""

import pytest

from services.reporting.domain.participation import (
    Nominees,
    Participants,
    Step,
    by_days,
    figures,
    figures_by,
    steps_reached,
)
from services.reporting.domain.split import Split


def nominees(*steps: str, number: int = 1, party: str = "JO") -> Nominees:
    return Nominees(number, party, "female", "immigration", frozenset(steps))


def participants(days: int = 5, number: int = 1, party: str = "JO") -> Participants:
    return Participants(number, party, "female", "immigration", days, completed=days > 3)


def test_a_step_counts_whoever_ever_reached_it() -> None:
    confirmed = nominees("selected", "confirmed")
    seated_without_an_offer = nominees("confirmed")
    declined = nominees("selected", number=2)
    wait = nominees(number=3)

    counted = figures([confirmed, seated_without_an_offer, declined, wait], [], Split())

    reached = [counted.steps[step].total for step in Step]
    assert reached == [7, 4, 2, 0, 0]


@pytest.mark.parametrize(
    ("status", "selected", "confirmed", "reached"),
    [
        ("waitlisted", False, False, set()),
        ("selected", False, False, {Step.SELECTED}),
        ("declined", False, False, {Step.SELECTED}),
        ("withdrawn", False, False, set()),
        ("withdrawn", True, False, {Step.SELECTED}),
        ("withdrawn", True, True, {Step.SELECTED, Step.CONFIRMED}),
        ("confirmed", False, True, {Step.CONFIRMED}),
    ],
)
def test_a_state_tells_how_far_its_nomination_came(
    status: str, selected: bool, confirmed: bool, reached: set[Step]
) -> None:
    assert steps_reached(status, selected=selected, confirmed=confirmed) == reached


def test_whoever_came_on_one_day_attended() -> None:
    several = [participants(number=4), participants(days=1), participants(days=0, number=2)]

    counted = figures([], several, Split(women=6))

    assert counted.participations.total == 7
    assert counted.steps[Step.ATTENDED].total == 5
    assert counted.steps[Step.COMPLETED].total == 4
    assert counted.officers.total == 6


def test_groups_add_up_to_the_whole() -> None:
    people = [participants(number=n, party=["JO", "MA", "TN"][n % 3], days=n) for n in range(9)]

    groups = figures_by(lambda one: one.party, [nominees(party="PS")], people, {"MA": Split(men=2)})

    assert list(groups) == ["JO", "MA", "PS", "TN"]
    assert sum(one.participations.total for one in groups.values()) == 36
    assert [one.officers.total for one in groups.values()] == [0, 2, 0, 0]


def test_days_are_listed_without_a_gap() -> None:
    people = [participants(days=0), participants(days=3)]

    counted = by_days(people)

    assert {days: split.total for days, split in counted.items()} == {0: 1, 1: 0, 2: 0, 3: 1}
