"""A selection board is appointed, changed and closed (coordinator)."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts.registration import BoardClosed, BoardOpened
from shared.database import insert_new
from shared.refusals import Refused
from shared.rights import require_staff
from shared.web.versions import VersionHasMoved

from ..board.appointments import appointed, plan_reminder
from ..board.loading import Board, board_of
from ..board.places import appoint, who_can_not_review
from ..board.scoring_time import scoring_ends
from ..bodies.boards import DescribeBoard
from ..facts import board_fact
from ..loading import (
    Stored,
    has_begun,
    known_activity,
    locked_call,
)
from ..refusals.boards import (
    BoardExists,
    LotteryHasNoBoard,
    ReviewerIsNotFree,
    ScoringHasBegun,
    ScoringIsOver,
    TooFewScores,
)
from ..refusals.calls import ActivityIsOver, AlreadySelected, CallHasEnded
from ..tables import (
    board,
    board_criterion,
    board_reviewer,
    nomination,
)


async def open_board(work: Work, call_id: UUID, asked: DescribeBoard) -> Outcome:
    """Appoint a board for a call, and tell each reviewer."""
    held = await locked_call(work, call_id)
    activity = await known_activity(work, held["activity_id"])
    wrong = await _check(work, held, activity, asked)
    if wrong:
        return wrong
    row = {
        "call_id": call_id,
        **scoring_ends(work, held, activity, asked.scores_until),
        "opened_at": work.now,
        "opened_by": work.actor.login,
        "closed_at": None,
        "version": 1,
    }
    if not await insert_new(work.connection, board, [row]):
        return BoardExists()
    await _keep_criteria(work, call_id, asked)
    new = await appoint(work, call_id, asked.reviewers)
    await plan_reminder(work, row)
    opened = board_fact(BoardOpened, held, row, await board_of(work, call_id))
    return [opened, *appointed(work, activity, row, new)]


async def change_board(work: Work, call_id: UUID, asked: DescribeBoard, version: int) -> Outcome:
    """A board is as it is described now; one that was closed takes scores again, and so does who
    handed in while somebody was returned."""
    held = await locked_call(work, call_id)
    activity = await known_activity(work, held["activity_id"])
    wrong = await _check(work, held, activity, asked)
    if wrong:
        return wrong
    known = await board_of(work, call_id)
    if known.row["version"] != version:
        return VersionHasMoved()
    if known.given and _criteria(call_id, asked) != list(known.criteria):
        return ScoringHasBegun()
    row = {
        **known.row,
        **scoring_ends(work, held, activity, asked.scores_until),
        "closed_at": None,
        "version": version + 1,
    }
    await work.connection.execute(board.update().where(board.c.call_id == call_id).values(**row))
    await _keep_criteria(work, call_id, asked)
    new = await appoint(work, call_id, asked.reviewers)
    if known.row["closed_at"] is not None:
        await _take_back_scores(work, call_id)
    described = await board_of(work, call_id)
    await _take_back_unfinished(work, described)
    await plan_reminder(work, row)
    changed = board_fact(BoardOpened, held, row, described)
    return [changed, *appointed(work, activity, row, new)]


async def close_board(work: Work, call_id: UUID) -> Outcome:
    """End the scoring: what was handed in counts, and the board's scores go to the selection."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    if held["ended_at"] is not None:
        return CallHasEnded()
    known = await board_of(work, call_id)
    if known.row["closed_at"] is not None:
        return ScoringIsOver()
    scores = {one["id"]: known.score_of(one["id"]) for one in known.nominations}
    lacking = [one for one in known.nominations if scores[one["id"]] is None]
    if lacking:
        return TooFewScores(one["id"] for one in lacking)
    for nomination_id, score in scores.items():
        mine = nomination.c.id == nomination_id
        await work.connection.execute(nomination.update().where(mine).values(score=score))
    closed = {"closed_at": work.now, "version": known.row["version"] + 1}
    await work.connection.execute(board.update().where(board.c.call_id == call_id).values(**closed))
    return [board_fact(BoardClosed, held, {**known.row, **closed}, known)]


async def _check(
    work: Work, held: Stored, activity: Stored, asked: DescribeBoard
) -> Refused | None:
    await require_staff(work, held["project_id"], "coordinator")
    if held["ended_at"] is not None:
        return CallHasEnded()
    if held["selected_at"] is not None:
        return AlreadySelected()
    if has_begun(work, activity):
        return ActivityIsOver()
    if held["method"] == "lottery":
        return LotteryHasNoBoard()
    faults = await who_can_not_review(work, held["project_id"], asked.reviewers)
    return ReviewerIsNotFree(faults=faults) if faults else None


def _criteria(call_id: UUID, asked: DescribeBoard) -> list[Stored]:
    return [
        {"call_id": call_id, "place": place, **one.model_dump()}
        for place, one in enumerate(asked.criteria, start=1)
    ]


async def _keep_criteria(work: Work, call_id: UUID, asked: DescribeBoard) -> None:
    before = board_criterion.delete().where(board_criterion.c.call_id == call_id)
    await work.connection.execute(before)
    await work.connection.execute(board_criterion.insert(), _criteria(call_id, asked))


async def _take_back_scores(work: Work, call_id: UUID) -> None:
    """The board is at it again: its scores are not known, and each hands in anew."""
    mine = nomination.update().where(nomination.c.call_id == call_id)
    await work.connection.execute(mine.values(score=None))
    theirs = board_reviewer.update().where(board_reviewer.c.call_id == call_id)
    await work.connection.execute(theirs.values(submitted_at=None))


async def _take_back_unfinished(work: Work, known: Board) -> None:
    """Who handed in before somebody more was to be scored goes on scoring."""
    unfinished = [one["id"] for one in known.reviewers if known.missing(one["id"])]
    theirs = board_reviewer.update().where(board_reviewer.c.id.in_(unfinished))
    await work.connection.execute(theirs.values(submitted_at=None))
