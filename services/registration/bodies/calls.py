"""A call, as it is opened."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contracts.event import PartyCode
from shared.web.body import Taken

from .words import Code, Count, LocalTime


class PartyInvited(Taken):
    """A party, and how many seats it must and may have."""

    party: PartyCode
    minimum: Count = 0
    maximum: Count | None = None


class UnitWanted(Taken):
    """A kind of unit that may nominate, and how many seats it must and may have."""

    unit: Code
    minimum: Count = 0
    maximum: Count | None = None


class OpenCall(Taken):
    """Parties are asked to nominate officers for an activity. Where it `takes_late`, they may still
    do so after the deadline, until the activity begins or through the day `late_until`. Seats are
    given back freely through the day `withdraw_until`; by default until the activity begins."""

    activity_id: UUID
    seats: Annotated[int, Field(ge=1, le=10_000)]
    parties: Annotated[tuple[PartyInvited, ...], Field(min_length=1, max_length=300)]
    women_minimum: Count = 0
    units: Annotated[tuple[UnitWanted, ...], Field(max_length=50)] = ()
    deadline: LocalTime
    answer_working_days: Annotated[int, Field(ge=1, le=60)]
    takes_late: bool = False
    late_until: date | None = None
    withdraw_until: date | None = None
