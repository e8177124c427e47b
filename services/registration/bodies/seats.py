"""Answers and decisions about seats."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.web.body import Taken

from .words import Count, Reason


class AnswerOffer(Taken):
    """Yes or no to a seat."""

    answer: Literal["accept", "decline"]


class AwardSeat(Taken):
    """A held seat goes to an officer of the waiting list; why, in words without names."""

    nomination_id: UUID
    reason: Reason


class LeaveSeatUnused(Taken):
    """A held seat goes to nobody; why, in words without names."""

    reason: Reason


class BoundRelaxed(Taken):
    """A bound of a quota that is to be wider: a lower minimum, or a higher maximum."""

    dimension: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z][a-z_]*$")]
    value: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    bound: Literal["minimum", "maximum"]
    to: Count


class RelaxQuotas(Taken):
    """Bounds given up so that somebody may take a held seat; why, in words without names."""

    changes: Annotated[tuple[BoundRelaxed, ...], Field(min_length=1, max_length=20)]
    reason: Reason
