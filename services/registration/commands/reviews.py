"""What reviewers do, each apart: score, declare a conflict of interest, hand in."""

from collections.abc import Collection, Set
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from shared.context import Outcome, Work
from shared.contracts.registration import ReviewerReminded
from shared.database import insert_new
from shared.refusals import Fault, Refused

from ..board.appointments import asked_of
from ..board.loading import Board, board_of, require_reviewer
from ..bodies.boards import DeclareConflict, GiveScores
from ..loading import Stored, known_activity, locked_call
from ..refusals.boards import ScoresAreMissing, ScoresDoNotFit, ScoringIsOver
from ..refusals.calls import AlreadySelected, CallHasEnded, CallIsStillOpen
from ..tables import board_conflict, board_reviewer, board_score


async def give_scores(work: Work, call_id: UUID, asked: GiveScores) -> Outcome:
    """Keep what a reviewer gives; nothing of it, where something does not fit."""
    found = await _scoring(work, call_id)
    if isinstance(found, Refused):
        return found
    mine, known = found
    may_score = {one["id"] for one in known.to_score(mine["id"])}
    faults = _wrong(asked, may_score, known.weights.keys())
    if faults:
        return ScoresDoNotFit(faults=faults)
    rows = [
        {
            "reviewer_id": mine["id"],
            "nomination_id": one.nomination_id,
            "criterion": criterion,
            "call_id": call_id,
            "score": score,
            "scored_at": work.now,
        }
        for one in asked.nominations
        for criterion, score in one.scores.items()
    ]
    scored = {one.nomination_id for one in asked.nominations}
    theirs = (board_score.c.reviewer_id == mine["id"]) & board_score.c.nomination_id.in_(scored)
    await work.connection.execute(delete(board_score).where(theirs))
    await work.connection.execute(board_score.insert(), rows)
    return None


async def declare_conflict(work: Work, call_id: UUID, asked: DeclareConflict) -> Outcome:
    """A reviewer does not judge a nomination; what they gave it does not count."""
    found = await _scoring(work, call_id)
    if isinstance(found, Refused):
        return found
    mine, known = found
    if asked.nomination_id not in {one["id"] for one in known.nominations}:
        return ScoresDoNotFit(faults=[Fault("nomination_id", "not-to-score", "not to score")])
    row = {
        "reviewer_id": mine["id"],
        "nomination_id": asked.nomination_id,
        "call_id": call_id,
        "grounds": asked.grounds,
        "declared_at": work.now,
    }
    await insert_new(work.connection, board_conflict, [row])
    return None


async def hand_in(work: Work, call_id: UUID) -> Outcome:
    """All is scored: what the reviewer gave counts, and stays as it is."""
    found = await _scoring(work, call_id)
    if isinstance(found, Refused):
        return found
    mine, known = found
    missing = known.missing(mine["id"])
    if missing:
        return ScoresAreMissing(
            faults=[Fault(f"nominations.{one['id']}", "missing", "not scored") for one in missing]
        )
    handed_in = board_reviewer.update().where(board_reviewer.c.id == mine["id"])
    await work.connection.execute(handed_in.values(submitted_at=work.now))
    return None


async def remind(work: Work, call_id: UUID, until: datetime) -> Outcome:
    """Write to each reviewer who has not handed in, if the time is still the same."""
    held = await locked_call(work, call_id)
    known = await board_of(work, call_id)
    row = known.row
    is_over = held["selected_at"] or held["ended_at"] or row["closed_at"]
    if is_over or row["scores_until_at"] != until:
        return None
    late = [one for one in known.reviewers if one["submitted_at"] is None]
    activity = await known_activity(work, held["activity_id"])
    return asked_of(work, ReviewerReminded, activity, row, late)


async def _scoring(work: Work, call_id: UUID) -> tuple[Stored, Board] | Refused:
    """The reviewer who asks, and the board that still takes scores."""
    await require_reviewer(work, call_id)
    held = await locked_call(work, call_id)
    mine, known = await require_reviewer(work, call_id), await board_of(work, call_id)
    if held["ended_at"] is not None:
        return CallHasEnded()
    if work.now <= held["deadline_at"]:
        return CallIsStillOpen()
    if held["selected_at"] is not None:
        return AlreadySelected()
    over = known.row["closed_at"] is not None or work.now > known.row["scores_until_at"]
    return ScoringIsOver() if over or mine["submitted_at"] is not None else (mine, known)


def _wrong(asked: GiveScores, may_score: Collection[UUID], criteria: Set[str]) -> list[Fault]:
    """By their places in what was sent."""
    faults: list[Fault] = []
    seen: set[UUID] = set()
    for place, one in enumerate(asked.nominations):
        path = f"nominations.{place}"
        if one.nomination_id not in may_score:
            faults.append(Fault(path, "not-to-score", "this reviewer does not judge it"))
        if not one.scores.keys() <= criteria:
            faults.append(Fault(path, "no-such-criterion", "the board has other criteria"))
        if one.nomination_id in seen:
            faults.append(Fault(path, "repeated", "named twice"))
        seen.add(one.nomination_id)
    return faults
