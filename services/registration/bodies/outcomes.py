"""Outcomes other than a seat: told no, or another run."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.web.body import Taken

from .nominations import DeclarationSigned
from .words import Priority

NotSelectedCode = Literal["no-seat-left", "seats-reduced", "activity-changed"]
"""Why somebody who waited is told no: true of the call, and nothing of anybody else."""


class CloseWaitingList(Taken):
    """Everybody who waits is told no, or those named here."""

    reason_code: NotSelectedCode
    nominations: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=1_000)] | None = None


class OfferOtherRun(Taken):
    """The call of another activity, and the last day to answer."""

    call_id: UUID
    answer_until: date


class AnswerOtherRun(Taken):
    """Yes or no to another run; accepted, the officer comes last of the party unless a priority is
    given, and the declaration of the nomination counts unless there is another."""

    answer: Literal["accept", "decline"]
    priority: Priority | None = None
    declaration: DeclarationSigned | None = None
