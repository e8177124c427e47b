"""The year that is measured: its rosters can be read, its days are in order, and a small one ends
with nothing lost."""

from datetime import timedelta

import pytest

from tests.benchmarks.year.courses import OF_A_UNIT, WOMEN, nominees
from tests.benchmarks.year.measuring import run
from tests.benchmarks.year.officers import put_forward, roster
from tests.benchmarks.year.weeks import SEATS, Task, courses_for, days_of
from tests.benchmarks.year.world import LANGUAGES, REGIONS, country_names
from tests.services.registration.roster.files import read_roster


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_roster_in_each_language_is_read_without_a_problem(language: str) -> None:
    officers = put_forward("TEST-2019-0001", "JO", language, 7)

    read = read_roster(roster(officers, language), "JO")

    assert not read.problems
    assert [one.officer_reference for one in read.rows] == [one.reference for one in officers]
    assert [one.given_name for one in read.rows] == [one.given[0] for one in officers]


def test_a_country_puts_the_same_officers_forward_every_time() -> None:
    once, again = (put_forward("TEST-2019-0001", "SN", "fr", 7) for _ in range(2))

    assert once == again


def test_sixty_countries_have_a_name_in_every_language() -> None:
    names = country_names()

    assert len(names) == sum(len(region.parties) for region in REGIONS) == 60
    assert all(set(named) == set(LANGUAGES) for named in names.values())


def test_a_year_has_a_seat_for_every_officer_and_every_task_of_a_course_in_order() -> None:
    courses = courses_for(11_000)

    days = list(days_of(courses))

    assert len(courses) * SEATS == 11_000
    assert [day.date for day in days] == sorted({day.date for day in days})
    assert days[-1].date - days[0].date < timedelta(days=366 + 9 * 7)
    of_first = [task for day in days for task, course in day.tasks if course == courses[0]]
    assert of_first == sorted(of_first)
    assert of_first.count(Task.ATTEND) == 3


def test_no_call_of_the_year_lacks_women_or_a_unit() -> None:
    for course in courses_for(11_000):
        officers = [one for party in nominees(course).values() for one in party]

        assert sum(one.sex == "female" for one in officers) >= WOMEN
        assert sum(one.unit == "anti_trafficking" for one in officers) >= OF_A_UNIT


@pytest.mark.timeout(400)
def test_a_course_of_the_year_ends_with_nothing_lost_and_nothing_doubled() -> None:
    measured = run(SEATS, modes=["embedded"])["embedded"]

    assert measured["officers"] == SEATS
    assert measured["lost"] == measured["doubled"] == 0
    assert measured["memory_mb"].keys() >= {"start", "quarter", "half", "full"}
    assert all(measured["process_mb"]["full"].values())
    assert measured["peak_memory_mb"] >= max(measured["memory_mb"].values())
    assert measured["officers_per_second"] * measured["seconds"] == pytest.approx(SEATS, rel=0.1)
    assert measured["events_per_second"] > measured["officers_per_second"]
