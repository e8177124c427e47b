"""Answers and decisions about seats."""

from typing import Literal
from uuid import UUID

from shared.web.body import Taken

from .words import Reason


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
