"""An enrolment moves along its table and nowhere else."""

import pytest

from services.scheduling.domain.enrolment import (
    TRANSITIONS,
    EnrolmentCannotBecome,
    EnrolmentState,
    become,
    concluded,
    marked,
    may_become,
)

S = EnrolmentState


def test_an_officer_who_attends_completes() -> None:
    enrolled = S.ENROLLED

    attending = marked(enrolled, attended_any=True)
    done = concluded(attending, completed=True)

    assert (attending, done) == (S.ATTENDED, S.COMPLETED)


def test_an_officer_nobody_saw_fails() -> None:
    enrolled = S.ENROLLED

    missing = marked(enrolled, attended_any=False)

    assert concluded(missing, completed=False) is S.FAILED
    assert concluded(enrolled, completed=False) is S.FAILED


def test_a_corrected_attendance_turns_the_outcome_round() -> None:
    completed = S.COMPLETED

    failed = concluded(completed, completed=False)

    assert failed is S.FAILED
    assert concluded(failed, completed=True) is S.COMPLETED
    assert marked(completed, attended_any=False) is S.COMPLETED


@pytest.mark.parametrize("state", list(S))
def test_a_second_run_changes_nothing(state: EnrolmentState) -> None:
    again = become(state, state)

    assert again is state


@pytest.mark.parametrize("then", [state for state in S if state is not S.CANCELLED])
def test_a_cancelled_seat_is_gone_for_good(then: EnrolmentState) -> None:
    with pytest.raises(EnrolmentCannotBecome) as refused:
        become(S.CANCELLED, then)

    assert (refused.value.now, refused.value.then) == (S.CANCELLED, then)


def test_nobody_completes_without_having_attended() -> None:
    not_there = [S.ENROLLED, S.ABSENT]

    reachable = [state for state in not_there if may_become(state, S.COMPLETED)]

    assert reachable == []
    assert set(TRANSITIONS) == set(S)
