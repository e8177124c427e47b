"""A selection board as it is loaded: criteria, reviewers, conflicts, and the scores that count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.refusals import NotFound

from ..domain.board import FEWEST_REVIEWERS, Scores, board_score
from ..loading import (
    Stored,
    first,
    nominations_of,
    required,
    several,
)
from ..tables import (
    board,
    board_conflict,
    board_criterion,
    board_reviewer,
    person,
)
from ..tables import board_score as given

SAME_PARTY = "same_party"
"""The conflict of interest that is there without being declared."""

Pair = tuple[UUID, UUID]
"""A reviewer and a nomination."""


@dataclass(frozen=True)
class Board:
    """Everything of a board. Reviewers who left are not in it."""

    row: Stored
    criteria: Sequence[Stored]
    reviewers: Sequence[Stored]
    nominations: Sequence[Stored]
    """What is to be scored: submitted in time, and standing; once selected, what was scored."""
    conflicts: Mapping[Pair, str]
    given: Mapping[Pair, Scores]

    @property
    def weights(self) -> Scores:
        """By criterion."""
        return {one["code"]: one["weight"] for one in self.criteria}

    def to_score(self, reviewer_id: UUID) -> list[Stored]:
        """The nominations that a reviewer may judge."""
        return [one for one in self.nominations if (reviewer_id, one["id"]) not in self.conflicts]

    def missing(self, reviewer_id: UUID) -> list[Stored]:
        """Those that the reviewer has not scored in every criterion."""
        return [
            one
            for one in self.to_score(reviewer_id)
            if self.weights.keys() - self.given.get((reviewer_id, one["id"]), {}).keys()
        ]

    def too_few_may_judge(self) -> list[UUID]:
        """The nominations of which fewer than two scores can still count."""
        return [
            one["id"]
            for one in self.nominations
            if sum(self._may_count(reviewer, one["id"]) for reviewer in self.reviewers)
            < FEWEST_REVIEWERS
        ]

    def score_of(self, nomination_id: UUID) -> int | None:
        """The board's score, in parts; None where fewer than two count."""
        return board_score(list(self.counted(nomination_id).values()), self.weights)

    def counted(self, nomination_id: UUID) -> Mapping[UUID, Scores]:
        """What counts for a nomination, by reviewer: handed in, complete, without a conflict."""
        pairs = [(one["id"], nomination_id) for one in self.reviewers if one["submitted_at"]]
        return {
            pair[0]: self.given[pair]
            for pair in pairs
            if pair not in self.conflicts and self._is_complete(pair)
        }

    def _may_count(self, reviewer: Stored, nomination_id: UUID) -> bool:
        """Who has handed in gives no more scores."""
        pair = (reviewer["id"], nomination_id)
        to_come = reviewer["submitted_at"] is None
        return pair not in self.conflicts and (to_come or self._is_complete(pair))

    def _is_complete(self, pair: Pair) -> bool:
        return self.given.get(pair, {}).keys() >= self.weights.keys()


async def board_of(work: Work, call_id: UUID) -> Board:
    """The board of a call. Raises `NotFound`."""
    row = await required(work, select(board).where(board.c.call_id == call_id))
    mine = select(board_criterion).where(board_criterion.c.call_id == call_id)
    nominations = [
        one
        for one in await nominations_of(work, call_id)
        if not one["late"] and (one["status"] == "submitted" or one["score"] is not None)
    ]
    reviewers = await _reviewers(work, call_id)
    return Board(
        row=row,
        criteria=await several(work, mine.order_by(board_criterion.c.place)),
        reviewers=reviewers,
        nominations=nominations,
        conflicts=await _conflicts(work, call_id, reviewers, nominations),
        given=await _given(work, call_id),
    )


async def has_board(work: Work, call_id: UUID) -> Stored | None:
    """The row of a call's board, where it has one."""
    return await first(work, select(board).where(board.c.call_id == call_id))


async def reviewer_here(work: Work, call_id: UUID) -> Stored | None:
    """Who asks, where they are on the board of the call."""
    query = select(board_reviewer).join(person, person.c.id == board_reviewer.c.person_id)
    mine = (person.c.subject == work.actor.subject) & person.c.erased_at.is_(None)
    here = (board_reviewer.c.call_id == call_id) & board_reviewer.c.left_at.is_(None)
    return await first(work, query.where(mine & here))


async def require_reviewer(work: Work, call_id: UUID) -> Stored:
    """Who asks, as a reviewer of the call. Raises `NotFound` for everybody else."""
    found = await reviewer_here(work, call_id)
    if found is None:
        raise NotFound
    return found


async def _reviewers(work: Work, call_id: UUID) -> list[Stored]:
    """With the party each is of, where they are of one."""
    joined = board_reviewer.join(person, person.c.id == board_reviewer.c.person_id)
    query = select(board_reviewer, person.c.party).select_from(joined)
    mine = (board_reviewer.c.call_id == call_id) & board_reviewer.c.left_at.is_(None)
    return await several(work, query.where(mine).order_by(board_reviewer.c.number))


async def _conflicts(
    work: Work, call_id: UUID, reviewers: Sequence[Stored], nominations: Sequence[Stored]
) -> dict[Pair, str]:
    conflicts = {
        (reviewer["id"], one["id"]): SAME_PARTY
        for reviewer in reviewers
        for one in nominations
        if reviewer["party"] is not None and reviewer["party"] == one["party"]
    }
    query = select(board_conflict).where(board_conflict.c.call_id == call_id)
    for row in await several(work, query):
        conflicts.setdefault((row["reviewer_id"], row["nomination_id"]), row["grounds"])
    return conflicts


async def _given(work: Work, call_id: UUID) -> dict[Pair, dict[str, int]]:
    scores: dict[Pair, dict[str, int]] = {}
    for row in await several(work, select(given).where(given.c.call_id == call_id)):
        pair = (row["reviewer_id"], row["nomination_id"])
        scores.setdefault(pair, {})[row["criterion"]] = row["score"]
    return scores
