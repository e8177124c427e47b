"""A call, as it is opened and amended, and as it ends."""

import re
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.event import PartyCode, Sex
from shared.web.body import Taken

from .follow_ups import FollowUpItem
from .words import (
    Code,
    Codes,
    Count,
    CourseCode,
    LanguageTags,
    LocalTime,
    RankBand,
    Reason,
    Version,
)

Years = Annotated[int, Field(ge=0, le=70)]

VALUES = {
    "sex": r"female|male|not_stated",
    "unit": r"[a-z][a-z0-9_]{0,39}",
    "specialism": r"[a-z][a-z0-9_]{0,39}",
    "language": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}",
    "rank_band": r"junior|mid|senior",
    "first_time": r"yes",
}
"""What a quota may be about, in each dimension."""


class PartyInvited(Taken):
    """A party, how many seats it must and may have, and how many officers it may nominate: a
    figure, or as many reserves beyond the seats it may have."""

    party: PartyCode
    minimum: Count = 0
    maximum: Count | None = None
    most_nominations: Annotated[int, Field(ge=1, le=10_000)] | None = None
    reserves: Count | None = None


class UnitWanted(Taken):
    """A kind of unit that may nominate, and how many seats it must and may have."""

    unit: Code
    minimum: Count = 0
    maximum: Count | None = None


class QuotaAsked(Taken):
    """How many seats officers with a value in a dimension must and may have."""

    dimension: Literal["sex", "unit", "specialism", "language", "rank_band", "first_time"]
    value: Annotated[str, StringConstraints(max_length=40)]
    minimum: Count = 0
    maximum: Count | None = None

    @model_validator(mode="after")
    def _is_about_something(self) -> "QuotaAsked":
        if not re.fullmatch(VALUES[self.dimension], self.value):
            raise ValueError("the dimension has no such value")
        return self


class CertificateAsked(Taken):
    """A certificate of the course of this code; valid for ever, or for some years."""

    course: CourseCode
    years: Annotated[int, Field(ge=1, le=70)] | None = None


class EligibilityAsked(Taken):
    """Who may be nominated; what is left out asks nothing."""

    sexes: Annotated[tuple[Sex, ...], Field(max_length=3)] = ()
    rank_bands: Annotated[tuple[RankBand, ...], Field(max_length=3)] = ()
    years_minimum: Years | None = None
    years_maximum: Years | None = None
    all_languages: LanguageTags = ()
    any_language: LanguageTags = ()
    specialisms: Codes = ()
    completions: Annotated[tuple[CourseCode, ...], Field(max_length=20)] = ()
    certificate: CertificateAsked | None = None
    declaration: Version | None = None
    """The version of the text that each officer signs."""
    first_time_only: bool = False


Bearer = Literal["organiser", "party", "officer"]


class Costs(Taken):
    """Who bears which costs of who takes part; what is left out is not said."""

    travel: Bearer | None = None
    accommodation: Bearer | None = None
    meals: Bearer | None = None
    insurance: Bearer | None = None


class AmendCall(Taken):
    """What of a call may change while nobody is selected: the whole of it as it is to be.

    On `decide_on` (unless said, three weeks before the activity) a call below `minimum_seats` is
    put to its coordinators. `disclosure_hours` pass between the outcome for the focal points and
    the offer to the officer. Where a call `takes_late`, parties may still nominate after the
    deadline, until the activity begins or through the day `late_until`. Seats are given
    back freely through the day `withdraw_until`; by default until the activity begins. Who has a
    seat is asked for what `follow_up` names, through `follow_up_until` (unless said, two weeks
    before the activity). `costs` stand in letters of invitation."""

    seats: Annotated[int, Field(ge=1, le=10_000)]
    minimum_seats: Annotated[int, Field(ge=1, le=10_000)] | None = None
    decide_on: date | None = None
    parties: Annotated[tuple[PartyInvited, ...], Field(min_length=1, max_length=300)]
    women_minimum: Count = 0
    women_maximum: Count | None = None
    units: Annotated[tuple[UnitWanted, ...], Field(max_length=50)] = ()
    quotas: Annotated[tuple[QuotaAsked, ...], Field(max_length=100)] = ()
    eligibility: EligibilityAsked = EligibilityAsked()
    deadline: LocalTime
    answer_working_days: Annotated[int, Field(ge=1, le=60)]
    disclosure_hours: Annotated[int, Field(ge=0, le=720)] = 0
    method: Literal["merit", "lottery"] = "merit"
    takes_late: bool = False
    late_until: date | None = None
    withdraw_until: date | None = None
    follow_up: Annotated[tuple[FollowUpItem, ...], Field(max_length=4)] = ()
    follow_up_until: date | None = None
    costs: Costs | None = None


class OpenCall(AmendCall):
    """Parties are asked to nominate officers for an activity."""

    activity_id: UUID


class DecideViability(Taken):
    """Whether the activity takes place with the seats that are filled; why, without names."""

    decision: Literal["go", "no_go"]
    reason: Reason
