"""A session stands inside its activity, in a free room, with a free instructor."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from services.scheduling.domain.session_plan import (
    ActivityDates,
    FaultOfPlan,
    PlanFault,
    SessionPlan,
    faults_of,
    warnings_of,
)
from shared.calendar import (
    Conflict,
    ConflictKind,
    HalfDays,
    Holiday,
    Ramadan,
    Weekend,
    WorkingCalendar,
    plan,
)

AMMAN = "Asia/Amman"
COURSE = ActivityDates(date(2018, 6, 24), date(2018, 6, 28), AMMAN)
ROOM, INSTRUCTOR = UUID(int=1), UUID(int=2)


def a_session(
    starts: str = "2018-06-24T09:00", hours: float = 2, zone: str = AMMAN, cancelled: bool = False
) -> SessionPlan:
    begin = datetime.fromisoformat(starts)
    end = begin + timedelta(hours=hours)
    return SessionPlan(
        uuid4(), plan(begin, zone), plan(end, zone), ROOM, frozenset({INSTRUCTOR}), cancelled
    )


def test_a_session_of_the_course_in_a_free_room_has_no_fault() -> None:
    after_it, before_it = a_session("2018-06-24T11:00"), a_session("2018-06-24T07:00")

    faults = faults_of(a_session(), COURSE, [after_it, before_it])

    assert faults == ()


@pytest.mark.parametrize("hours", [0, -1])
def test_a_session_ends_after_it_starts(hours: int) -> None:
    backwards = a_session(hours=hours)

    faults = faults_of(backwards, COURSE, [])

    assert faults == (PlanFault(FaultOfPlan.ENDS_BEFORE_IT_STARTS),)


@pytest.mark.parametrize(
    ("starts", "hours", "zone", "inside"),
    [
        ("2018-06-23T23:30", 1, AMMAN, False),
        ("2018-06-28T22:00", 2, AMMAN, True),
        ("2018-06-28T22:00", 2.5, AMMAN, False),
        ("2018-06-28T22:00", 1, "Africa/Algiers", False),
        ("2018-06-23T22:00", 1, "Africa/Algiers", True),
    ],
)
def test_a_session_lies_inside_the_dates_of_its_activity_where_that_is_held(
    starts: str, hours: float, zone: str, inside: bool
) -> None:
    session = a_session(starts, hours, zone)

    faults = faults_of(session, COURSE, [])

    assert faults == (() if inside else (PlanFault(FaultOfPlan.OUTSIDE_THE_ACTIVITY),))


def test_a_room_and_an_instructor_are_in_one_session_at_a_time() -> None:
    session, other = a_session(), a_session("2018-06-24T10:59")

    faults = faults_of(session, COURSE, [other])

    assert faults == (
        PlanFault(FaultOfPlan.ROOM_IS_TAKEN, other.id),
        PlanFault(FaultOfPlan.INSTRUCTOR_IS_TAKEN, other.id),
    )


def test_a_clash_is_seen_across_zones() -> None:
    session, elsewhere = a_session(), a_session("2018-06-24T08:00", zone="Africa/Algiers")

    faults = faults_of(session, COURSE, [elsewhere])

    assert {fault.session for fault in faults} == {elsewhere.id}


def test_neither_itself_nor_a_cancelled_session_stands_in_the_way() -> None:
    session = a_session()

    faults = faults_of(session, COURSE, [session, a_session(cancelled=True)])

    assert faults == ()


def test_the_planner_is_warned_of_the_days_of_the_host_country() -> None:
    host = WorkingCalendar(
        weekends=(Weekend(date.min, frozenset({5, 6})),),
        half_days=(HalfDays(date(2018, 6, 24), date(2018, 6, 24), time(12)),),
        holidays=(Holiday(date(2018, 6, 26), {"en": "a holiday"}, estimated=True),),
        ramadans=(Ramadan(date(2018, 5, 16), date(2018, 6, 14), estimated=False),),
    )
    friday, thursday = date(2018, 6, 22), date(2018, 6, 7)

    on_friday = warnings_of(a_session("2018-06-22T09:00"), host, AMMAN)
    on_a_holiday = warnings_of(a_session("2018-06-26T09:00"), host, AMMAN)
    in_ramadan = warnings_of(a_session("2018-06-07T09:00"), host, AMMAN)
    before_noon = warnings_of(a_session("2018-06-24T09:00"), host, AMMAN)
    after_noon = warnings_of(a_session("2018-06-24T11:00"), host, AMMAN)

    assert on_friday == (Conflict(friday, ConflictKind.WEEKEND),)
    assert [(w.kind, w.certain) for w in on_a_holiday] == [(ConflictKind.HOLIDAY, False)]
    assert in_ramadan == (Conflict(thursday, ConflictKind.RAMADAN),)
    assert before_noon == ()
    assert after_noon == (Conflict(date(2018, 6, 24), ConflictKind.HALF_DAY),)
