"""A confirmed seat on its way from enrolment to completion."""

from enum import StrEnum


class EnrolmentState(StrEnum):
    ENROLLED = "enrolled"
    ATTENDED = "attended"
    ABSENT = "absent"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class EnrolmentCannotBecome(ValueError):
    """The enrolment is in a state from which this one is not reached."""

    def __init__(self, now: EnrolmentState, then: EnrolmentState) -> None:
        super().__init__(f"an enrolment that is {now} cannot become {then}")
        self.now, self.then = now, then


_S = EnrolmentState
# Corrected attendance may turn an outcome round; only a cancelled seat is gone for good.
TRANSITIONS = {
    _S.ENROLLED: frozenset({_S.ATTENDED, _S.ABSENT, _S.FAILED, _S.CANCELLED}),
    _S.ATTENDED: frozenset({_S.ABSENT, _S.COMPLETED, _S.FAILED, _S.CANCELLED}),
    _S.ABSENT: frozenset({_S.ATTENDED, _S.FAILED, _S.CANCELLED}),
    _S.COMPLETED: frozenset({_S.FAILED}),
    _S.FAILED: frozenset({_S.COMPLETED}),
    _S.CANCELLED: frozenset[EnrolmentState](),
}


def may_become(now: EnrolmentState, then: EnrolmentState) -> bool:
    return then in TRANSITIONS[now]


def become(now: EnrolmentState, then: EnrolmentState) -> EnrolmentState:
    """`then`; staying as it is changes nothing. Raises `EnrolmentCannotBecome`."""
    if now is not then and not may_become(now, then):
        raise EnrolmentCannotBecome(now, then)
    return then


def marked(now: EnrolmentState, attended_any: bool) -> EnrolmentState:
    """After attendance was marked: before the outcome the marks decide, after it nothing moves."""
    if now in (_S.COMPLETED, _S.FAILED):
        return now
    return become(now, _S.ATTENDED if attended_any else _S.ABSENT)


def concluded(now: EnrolmentState, completed: bool) -> EnrolmentState:
    """When the activity ends, or its attendance was corrected. Raises `EnrolmentCannotBecome`."""
    return become(now, _S.COMPLETED if completed else _S.FAILED)
