"""The year as an organisation plans it: ten courses a week, each on its way for nine weeks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from .world import REGIONS, Region

SEATS = 25
NOMINATED = 38
"""For every course: one and a half for each seat."""
FIRST_MONDAY = date(2019, 1, 14)
BEGINS = datetime(2018, 11, 1, 8, tzinfo=UTC)
END_OF_THE_DAY = time(22, 30, tzinfo=UTC)
"""When the last session of a day is over wherever courses are held, and the next has not begun."""
WEEKS_OF_ANSWERING = 3
FEWEST_WEEKS = 4
DAYS_OF_A_COURSE = 3


class Task(IntEnum):
    """What has to be done for a course, in this order on a day that has several of them."""

    OPEN = 1
    NOMINATE = 2
    SELECT = 3
    INSTRUCT = 4
    ATTEND = 5
    CLOSE = 6
    REPORT = 7


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WHEN: Sequence[tuple[Task, int, int]] = (
    (Task.OPEN, -8, MONDAY),
    (Task.NOMINATE, -7, TUESDAY),
    (Task.SELECT, -6, MONDAY),
    (Task.INSTRUCT, -2, MONDAY),
    (Task.ATTEND, 0, MONDAY),
    (Task.ATTEND, 0, TUESDAY),
    (Task.ATTEND, 0, WEDNESDAY),
    (Task.CLOSE, 0, FRIDAY),
    (Task.REPORT, 1, MONDAY),
)
"""Each task by the weeks from the course's own, and the day of that week."""


@dataclass(frozen=True, slots=True)
class Course:
    """One course of three days, for the countries of one region."""

    reference: str
    region: Region
    first_day: date

    @property
    def last_day(self) -> date:
        """The Wednesday."""
        return self.first_day + timedelta(days=DAYS_OF_A_COURSE - 1)

    @property
    def deadline(self) -> datetime:
        """Until when countries nominate: the noon before the selection, where it is held."""
        return datetime.combine(self.first_day - timedelta(weeks=6, days=1), time(12))


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the story, what is to be done on it, and whether officers read their mail."""

    date: date
    tasks: Sequence[tuple[Task, Course]]
    answering: bool

    @property
    def moment(self) -> datetime:
        """Where the story's clock stands on this day."""
        return datetime.combine(self.date, END_OF_THE_DAY)

    @property
    def week(self) -> int:
        """The week of its year."""
        return self.date.isocalendar().week


def courses_for(officers: int) -> Sequence[Course]:
    """As many courses as seat so many officers; a smaller number makes a shorter year, of four
    weeks with courses where there are as many."""
    number = -(-officers // SEATS)
    in_a_week = min(len(REGIONS), -(-number // FEWEST_WEEKS))
    return [
        Course(
            reference=f"{region.code}-2019-{place:04}",
            region=region,
            first_day=FIRST_MONDAY + timedelta(weeks=place // in_a_week),
        )
        for place in range(number)
        for region in [REGIONS[place % len(REGIONS)]]
    ]


def days_of(courses: Sequence[Course]) -> Iterator[Day]:
    """Every day on which there is something to do, in order."""
    tasks: dict[date, list[tuple[Task, Course]]] = {}
    answering: set[date] = set()
    for course in courses:
        for task, weeks, weekday in WHEN:
            tasks.setdefault(_day(course, weeks, weekday), []).append((task, course))
        for week in range(WEEKS_OF_ANSWERING):
            answering |= {_day(course, week - 6, weekday) for weekday in (TUESDAY, THURSDAY)}
    for day in sorted(tasks.keys() | answering):
        due = sorted(tasks.get(day, ()), key=lambda one: (one[0], one[1].reference))
        yield Day(day, due, day in answering)


def _day(course: Course, weeks: int, weekday: int) -> date:
    return course.first_day + timedelta(weeks=weeks, days=weekday)
