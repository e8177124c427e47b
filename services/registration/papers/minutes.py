"""What stands in the minutes of a selection, as facts; how it looks is the template's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class QuotaCounted:
    """A quota with the names of its group, if any; how many are nominated and chosen."""

    dimension: str
    value: str
    names: Mapping[str, str]
    minimum: int
    maximum: int | None
    nominated: int
    chosen: int


@dataclass(frozen=True)
class QuotaMissed:
    """A bound, minimum or maximum, of a quota with the names of its group, if any."""

    dimension: str
    value: str
    names: Mapping[str, str]
    bound: str


@dataclass(frozen=True)
class NomineeListed:
    """A nominee by party and reference; `scores` in the order of the columns, None: none counts."""

    reference: str
    rank: int
    scores: Sequence[int | Decimal | None]
    chosen: bool


@dataclass(frozen=True)
class ReviewerListed:
    """A reviewer by number."""

    number: int
    chairs: bool
    handed_in: bool


@dataclass(frozen=True)
class BoardListed:
    """Of a board: criteria are (names, weight), conflicts are (reviewer, reference, grounds)."""

    reviewers: Sequence[ReviewerListed]
    criteria: Sequence[tuple[Mapping[str, str], int]]
    conflicts: Sequence[tuple[int, str, str]]


@dataclass(frozen=True)
class OverrideListed:
    """A change, by references."""

    number: int
    leaves: str | None
    comes: str | None
    missed: Sequence[QuotaMissed]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Minutes:
    """Everything that stands in the minutes. Persons of the organisation stand as the beginning of
    the digest of their sign-in; times are shown by the clock of `zone`."""

    language: str
    zone: str
    reference: str
    deadline: datetime
    seats: int
    method: str
    run: int
    state: str
    nominated: int
    women: int
    parties: int
    chosen: int
    quotas: Sequence[QuotaCounted]
    board: BoardListed | None
    nominees: Sequence[NomineeListed]
    overrides: Sequence[OverrideListed]
    computed_at: datetime
    proposed_by: str
    approved_by: str | None
    approved_at: datetime | None
    concluded_at: datetime | None
    draw: Sequence[tuple[str, str]]
    pool_digest: str
