"""A selection board as its reviewers, the coordinators and auditors see it; each reviewer apart."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from shared.context import Work
from shared.refusals import NotFound

from ..board.loading import Board, board_of, reviewer_here
from ..domain.board import in_points, parts_of
from ..loading import Stored
from ..refusals.boards import ScoresAreApart
from ..rights import sees_persons
from .calls import TimeShown
from .held_seats import require_whole_call_seen


class ReviewerShown(BaseModel):
    """A person on the board, by id; `number` is what minutes call them."""

    id: UUID
    person_id: UUID
    number: int
    chairs: bool
    submitted_at: datetime | None


class CriterionShown(BaseModel):
    """What is scored from 1 to 5."""

    code: str
    names: dict[str, str]
    weight: int


class BoardShown(BaseModel):
    """A selection board."""

    call_id: UUID
    state: str
    reviewers: list[ReviewerShown]
    criteria: list[CriterionShown]
    scores_until: TimeShown
    parts_of_a_point: int
    """The board's scores are whole numbers: so many parts make one point of the scale."""
    to_score: int
    too_few_may_judge: list[UUID] | None
    """Nominations of which fewer than two scores can still count: the board needs another
    reviewer. Null to who only reviews: they are not told of one another's conflicts."""
    opened_at: datetime
    closed_at: datetime | None
    version: int


class ReviewShown(BaseModel):
    """A nomination as a reviewer judges it: coded, with what they gave it themselves."""

    nomination_id: UUID
    party: str
    officer_reference: str | None
    sex: str
    unit: str
    rank_band: str | None
    specialisms: list[str]
    languages: list[str]
    priority: int
    conflict: str | None
    """Why the reviewer does not judge it."""
    scores: dict[str, int]


class ReviewsShown(BaseModel):
    """Everything that a reviewer is asked to judge."""

    call_id: UUID
    reviewer_id: UUID
    number: int
    submitted_at: datetime | None
    criteria: list[CriterionShown]
    missing: int
    nominations: list[ReviewShown]


class ScoreShown(BaseModel):
    """What one reviewer gave, or why they gave nothing."""

    reviewer: int
    scores: dict[str, int]
    conflict: str | None
    counts: bool


class NominationScoresShown(BaseModel):
    """All that was handed in about one nomination."""

    nomination_id: UUID
    party: str
    officer_reference: str | None
    given: list[ScoreShown]
    score: int | None
    """The board's, exact: so many of `parts_of_a_point`; null where fewer than two count."""
    points: Decimal | None
    """The same on the scale of the reviewers, to four places."""


class ScoresShown(BaseModel):
    """The scores of a board. Of a reviewer who has not handed in, nothing is shown."""

    call_id: UUID
    parts_of_a_point: int
    nominations: list[NominationScoresShown]


async def show_board(work: Work, call_id: UUID) -> BoardShown:
    """A board. Raises `NotFound` for who is not on it and sees one party only."""
    mine = await _require_part(work, call_id)
    only_reviews = mine is not None and work.actor.role not in ("admin", "coordinator")
    known = await board_of(work, call_id)
    row = known.row
    return BoardShown(
        **row,
        state="open" if row["closed_at"] is None else "closed",
        reviewers=[ReviewerShown(**one) for one in known.reviewers],
        criteria=_criteria(known),
        scores_until=TimeShown(
            local=row["scores_until_local"],
            zone=row["scores_until_zone"],
            instant=row["scores_until_at"],
        ),
        parts_of_a_point=parts_of(known.weights),
        to_score=len(known.nominations),
        too_few_may_judge=None if only_reviews else known.too_few_may_judge(),
    )


async def show_reviews(work: Work, call_id: UUID) -> ReviewsShown:
    """What the reviewer who asks is to judge. Raises `NotFound` for everybody else."""
    mine = await reviewer_here(work, call_id)
    if mine is None:
        raise NotFound
    known = await board_of(work, call_id)
    return ReviewsShown(
        call_id=call_id,
        reviewer_id=mine["id"],
        number=mine["number"],
        submitted_at=mine["submitted_at"],
        criteria=_criteria(known),
        missing=len(known.missing(mine["id"])),
        nominations=[_review(known, mine["id"], one) for one in known.nominations],
    )


async def show_scores(work: Work, call_id: UUID) -> ScoresShown:
    """What was handed in. Raises `ScoresAreApart` before the board has closed, but not for a
    reviewer who has handed in."""
    mine = await _require_part(work, call_id)
    known = await board_of(work, call_id)
    handed_in = mine is not None and mine["submitted_at"] is not None
    if known.row["closed_at"] is None and not handed_in:
        raise ScoresAreApart
    return ScoresShown(
        call_id=call_id,
        parts_of_a_point=parts_of(known.weights),
        nominations=[
            nomination_scores(known, one, personal=sees_persons(work)) for one in known.nominations
        ],
    )


def nomination_scores(known: Board, row: Stored, *, personal: bool) -> NominationScoresShown:
    """What counts and what does not, and the mean."""
    score = known.score_of(row["id"])
    return NominationScoresShown(
        nomination_id=row["id"],
        party=row["party"],
        officer_reference=row["officer_reference"] if personal else None,
        given=[_given(known, one, row["id"]) for one in known.reviewers if one["submitted_at"]],
        score=score,
        points=None if score is None else in_points(score, known.weights),
    )


def _given(known: Board, reviewer: Stored, nomination_id: UUID) -> ScoreShown:
    pair = (reviewer["id"], nomination_id)
    return ScoreShown(
        reviewer=reviewer["number"],
        scores=dict(known.given.get(pair, {})),
        conflict=known.conflicts.get(pair),
        counts=reviewer["id"] in known.counted(nomination_id),
    )


def _criteria(known: Board) -> list[CriterionShown]:
    return [CriterionShown(**one) for one in known.criteria]


def _review(known: Board, reviewer_id: UUID, row: Stored) -> ReviewShown:
    pair = (reviewer_id, row["id"])
    return ReviewShown(
        **row,
        nomination_id=row["id"],
        conflict=known.conflicts.get(pair),
        scores=dict(known.given.get(pair, {})),
    )


async def _require_part(work: Work, call_id: UUID) -> Stored | None:
    """The reviewer who asks; None: somebody else who may see every party."""
    mine = await reviewer_here(work, call_id)
    if mine is None:
        await require_whole_call_seen(work, call_id)
    return mine
