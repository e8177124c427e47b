"""Plays the year day by day: everybody does what is due, and the clock goes on when all is done."""

import sys
from collections.abc import Sequence
from functools import partial
from itertools import groupby

from .asking import House
from .clock import go_on_to, settled
from .courses import Conducted
from .letters import Letters
from .memory import Memory
from .organisation import Organisation
from .weeks import Day, Task, courses_for, days_of

MARKS = {"quarter": 1, "half": 2, "three quarters": 3, "full": 4}
"""Parts of the courses closed, in quarters."""


async def play(organisation: Organisation, officers: int, memory: Memory) -> Sequence[Conducted]:
    """The whole year; the courses as they ended."""
    courses = {one.reference: Conducted(one, organisation) for one in courses_for(officers)}
    house, letters = organisation.house, Letters(organisation.house)
    admin, closed = house.desk("admin"), 0
    for day in days_of([one.course for one in courses.values()]):
        await go_on_to(admin, day.moment)
        await _spend(day, courses, house, letters)
        closed += sum(task is Task.CLOSE for task, _ in day.tasks)
        if any(task is Task.CLOSE for task, _ in day.tasks):
            await settled(admin)
            _mark(memory, closed, len(courses))
            sys.stderr.write(f"{day.date}: {closed} of {len(courses)} courses closed\n")
    await settled(admin)
    return list(courses.values())


async def _spend(day: Day, courses: dict[str, Conducted], house: House, letters: Letters) -> None:
    """One day: the tasks in their order, and officers at their mail."""
    if day.answering:
        await letters.answer_offers()
    for task, due in groupby(day.tasks, key=lambda one: one[0]):
        concerned = [courses[course.reference] for _, course in due]
        await house.all_at_once(partial(_do, task=task, day=day), concerned)
        if task is Task.REPORT:
            await letters.look_at_certificates()
            await _show_the_board(house, concerned[day.week % len(concerned)])


async def _do(conducted: Conducted, *, task: Task, day: Day) -> None:
    await conducted.do(task, day.date)


async def _show_the_board(house: House, reported: Conducted) -> None:
    """One project a week, whole: what a board and its donor ask for."""
    project = reported.organisation.projects[reported.course.region.code]
    await house.desk("auditor").get(f"/reporting/projects/{project.id}/participation")


def _mark(memory: Memory, closed: int, courses: int) -> None:
    for name, quarters in MARKS.items():
        if name not in memory.at and closed * 4 >= courses * quarters:
            memory.mark(name)
