"""Completion is a share of sessions held, compared without rounding."""

from datetime import date
from uuid import UUID

import pytest

from services.scheduling.domain.attendance import Attendance
from services.scheduling.domain.completion import Completion, SessionOfRecord, completion

PRESENT, LATE, EXCUSED, ABSENT = Attendance


def sessions(count: int, per_day: int = 2, cancelled: int = 0) -> list[SessionOfRecord]:
    return [
        SessionOfRecord(UUID(int=n), date(2018, 6, 24 + n // per_day), cancelled=n >= count)
        for n in range(count + cancelled)
    ]


def marks(*given: Attendance) -> dict[UUID, Attendance]:
    return {UUID(int=n): mark for n, mark in enumerate(given)}


def test_late_counts_as_present_and_an_excuse_does_not() -> None:
    held, attendance = sessions(4), marks(PRESENT, LATE, EXCUSED, ABSENT)

    result = completion(held, attendance, 50)

    assert result == Completion(attended=2, held=4, days_attended=1, completed=True)


@pytest.mark.parametrize(
    ("attended", "held", "percent", "completed"),
    [(4, 5, 80, True), (2, 3, 67, False), (2, 3, 66, True), (0, 5, 0, True), (5, 5, 100, True)],
)
def test_the_percentage_is_compared_exactly(
    attended: int, held: int, percent: int, completed: bool
) -> None:
    attendance = marks(*[PRESENT] * attended)

    result = completion(sessions(held), attendance, percent)

    assert result.completed is completed


def test_a_cancelled_session_neither_helps_nor_harms() -> None:
    held_and_cancelled = sessions(4, cancelled=2)

    without = completion(held_and_cancelled, marks(*[PRESENT] * 4), 100)
    marked = completion(held_and_cancelled, marks(*[ABSENT] * 4, PRESENT, PRESENT), 1)

    assert without == Completion(attended=4, held=4, days_attended=2, completed=True)
    assert marked == Completion(attended=0, held=4, days_attended=0, completed=False)


def test_a_session_nobody_marked_is_not_attended() -> None:
    held = sessions(5)

    result = completion(held, marks(PRESENT), 20)

    assert result == Completion(attended=1, held=5, days_attended=1, completed=True)


def test_where_nothing_was_held_nothing_is_completed() -> None:
    all_cancelled = sessions(0, cancelled=3)

    result = completion(all_cancelled, {}, 0)

    assert result == Completion(attended=0, held=0, days_attended=0, completed=False)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_minimum_that_is_no_percentage_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match="percentage"):
        completion(sessions(1), {}, percent)
