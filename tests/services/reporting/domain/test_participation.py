"""Counting officers on their way, without any database."""

from services.reporting.domain.participation import (
    Nominee,
    Participant,
    Step,
    by_days,
    figures,
    figures_by,
)
from services.reporting.domain.split import Split


def a_nominee(*steps: str, person: int = 1, party: str = "JO") -> Nominee:
    return Nominee(person, party, "female", "immigration", frozenset(steps))


def a_participant(
    days: int = 5,
    person: int = 1,
    party: str = "JO",
    sex: str = "female",
    *,
    cancelled: bool = False,
) -> Participant:
    return Participant(person, party, sex, "immigration", days, cancelled, completed=days > 3)


def test_a_step_counts_whoever_ever_reached_it() -> None:
    withdrew = a_nominee("submitted", "selected", "confirmed", "withdrawn")
    declined = a_nominee("submitted", "selected", "declined", person=2)
    waits = a_nominee("submitted", "waitlisted", person=3)

    counted = figures([withdrew, declined, waits], [])

    reached = [counted.steps[step].total for step in Step]
    assert reached == [3, 2, 1, 0, 0]


def test_a_person_twice_is_two_participations_and_one_officer() -> None:
    both = [a_participant(), a_participant(days=1)]

    counted = figures([], both)

    assert counted.participations.total == 2
    assert counted.officers.total == 1
    assert counted.steps[Step.COMPLETED].total == 1


def test_a_person_with_two_sexes_on_record_is_counted_once_as_stated() -> None:
    both = [a_participant(sex="not_stated"), a_participant(sex="male")]

    counted = figures([], both)

    assert counted.officers == Split(men=1)


def test_a_cancelled_enrolment_counts_nowhere() -> None:
    cancelled = [a_participant(cancelled=True)]

    counted = figures([], cancelled)

    assert counted.participations.total == 0
    assert counted.steps[Step.ATTENDED].total == 0
    assert by_days(cancelled) == {}


def test_groups_add_up_to_the_whole() -> None:
    people = [a_participant(person=n, party=["JO", "MA", "TN"][n % 3], days=n) for n in range(9)]

    groups = figures_by(lambda one: one.party, [a_nominee(party="PS")], people)

    assert list(groups) == ["JO", "MA", "PS", "TN"]
    assert sum(one.participations.total for one in groups.values()) == 9


def test_days_are_listed_without_a_gap() -> None:
    people = [a_participant(days=0), a_participant(days=3)]

    counted = by_days(people)

    assert {days: split.total for days, split in counted.items()} == {0: 1, 1: 0, 2: 0, 3: 1}
