"""A selection board: who is on it, what it scores, and what its reviewers say."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from shared.web.body import Taken

from ..domain.board import (
    BEST_SCORE,
    FEWEST_REVIEWERS,
    LEAST_SCORE,
    MOST_REVIEWERS,
)
from .words import Code, LocalTime, SeveralLanguages

Score = Annotated[int, Field(ge=LEAST_SCORE, le=BEST_SCORE)]
Grounds = Literal["same_agency", "superior", "family", "other"]


class ReviewerNamed(Taken):
    """A person on the board."""

    person_id: UUID
    chairs: bool = False


class CriterionSet(Taken):
    """Something that is scored from 1 to 5, and how much it weighs against the others."""

    code: Code
    names: SeveralLanguages
    weight: Annotated[int, Field(ge=1, le=100)] = 1


class DescribeBoard(Taken):
    """A board of two to four persons, at most one of whom chairs it, and one to three criteria."""

    reviewers: Annotated[
        tuple[ReviewerNamed, ...], Field(min_length=FEWEST_REVIEWERS, max_length=MOST_REVIEWERS)
    ]
    criteria: Annotated[tuple[CriterionSet, ...], Field(min_length=1, max_length=3)]
    scores_until: LocalTime

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len({one.person_id for one in self.reviewers}) < len(self.reviewers):
            raise ValueError("a person is on the board once")
        if len({one.code for one in self.criteria}) < len(self.criteria):
            raise ValueError("a criterion is named once")
        if sum(one.chairs for one in self.reviewers) > 1:
            raise ValueError("one person chairs a board")
        return self


class NominationScored(Taken):
    """What a reviewer gives one nomination, by criterion."""

    nomination_id: UUID
    scores: Annotated[dict[Code, Score], Field(min_length=1, max_length=3)]


class GiveScores(Taken):
    """What a reviewer gives; a nomination scored before is scored anew."""

    nominations: Annotated[tuple[NominationScored, ...], Field(min_length=1, max_length=1000)]


class DeclareConflict(Taken):
    """A reviewer is too near to an officer to judge; only how, as a code."""

    nomination_id: UUID
    grounds: Grounds
