"""Selection boards: appointed and closed by coordinators, scored by reviewers, each apart."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.boards import DeclareConflict, DescribeBoard, GiveScores
from ..commands import boards, reviews
from ..queries import boards as queries
from ..queries.boards import BoardShown, ReviewsShown, ScoresShown
from ..refusals.boards import (
    BoardExists,
    LotteryHasNoBoard,
    ReviewerIsNotFree,
    ScoresAreApart,
    ScoresAreMissing,
    ScoresDoNotFit,
    ScoringHasBegun,
    ScoringIsOver,
    TooFewScores,
)
from ..refusals.calls import (
    ActivityIsOver,
    AlreadySelected,
    CallHasEnded,
    CallIsStillOpen,
    DeadlineIsNotPossible,
)

routes = router()
TO_DESCRIBE = (
    *(NotFound, NotYetKnown, CallHasEnded, AlreadySelected, ActivityIsOver, LotteryHasNoBoard),
    *(ReviewerIsNotFree, DeadlineIsNotPossible),
)
TO_SCORE = (NotFound, CallHasEnded, CallIsStillOpen, AlreadySelected, ScoringIsOver)
Described = Annotated[DescribeBoard, Depends(JsonBody(DescribeBoard))]


@routes.post(
    "/calls/{call_id}/board",
    status_code=201,
    tags=["boards"],
    response_model=BoardShown,
    responses=documented(*TO_DESCRIBE, BoardExists),
)
async def open_board(asked: AskedBy, call_id: UUID, described: Described) -> Response:
    """Appoint a board of two to four persons for a call, and tell each of them (coordinator)."""
    return await asked.perform(
        partial(boards.open_board, call_id=call_id, asked=described),
        audited=Audited("open-board", f"call/{call_id}/board"),
        show=partial(queries.show_board, call_id=call_id),
        status=201,
    )


@routes.put(
    "/calls/{call_id}/board",
    tags=["boards"],
    response_model=BoardShown,
    responses=documented(*TO_DESCRIBE, ScoringHasBegun, VersionIsMissing, VersionHasMoved),
)
async def change_board(asked: AskedBy, call_id: UUID, described: Described) -> Response:
    """Describe a board anew; one that was closed takes scores again (coordinator).

    Who stays on it keeps what they gave; the criteria stay once anything was given.
    """
    version = asked.expected_version
    return await asked.perform(
        partial(boards.change_board, call_id=call_id, asked=described, version=version),
        audited=Audited("change-board", f"call/{call_id}/board"),
        show=partial(queries.show_board, call_id=call_id),
    )


@routes.get("/calls/{call_id}/board", tags=["boards"], responses=documented(NotFound))
async def show_board(asked: AskedBy, call_id: UUID, response: Response) -> BoardShown:
    """Who is on the board and what they score (reviewer, coordinator, auditor)."""
    shown = await asked.read(partial(queries.show_board, call_id=call_id))
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.post(
    "/calls/{call_id}/board/closing",
    tags=["boards"],
    response_model=BoardShown,
    responses=documented(NotFound, CallHasEnded, ScoringIsOver, TooFewScores),
)
async def close_board(asked: AskedBy, call_id: UUID) -> Response:
    """End the scoring; what was handed in goes to the selection (coordinator)."""
    return await asked.perform(
        partial(boards.close_board, call_id=call_id),
        audited=Audited("close-board", f"call/{call_id}/board"),
        show=partial(queries.show_board, call_id=call_id),
    )


@routes.get("/calls/{call_id}/board/reviews", tags=["boards"], responses=documented(NotFound))
async def show_reviews(asked: AskedBy, call_id: UUID) -> ReviewsShown:
    """What the reviewer who asks is to judge, and what they gave."""
    return await asked.read(partial(queries.show_reviews, call_id=call_id))


@routes.post(
    "/calls/{call_id}/board/scores",
    tags=["boards"],
    response_model=ReviewsShown,
    responses=documented(*TO_SCORE, ScoresDoNotFit),
)
async def give_scores(
    asked: AskedBy, call_id: UUID, given: Annotated[GiveScores, Depends(JsonBody(GiveScores))]
) -> Response:
    """Score nominations; all that is sent is kept, or nothing (reviewer)."""
    return await asked.perform(
        partial(reviews.give_scores, call_id=call_id, asked=given),
        audited=Audited("give-scores", f"call/{call_id}/board"),
        show=partial(queries.show_reviews, call_id=call_id),
    )


@routes.post(
    "/calls/{call_id}/board/conflicts",
    status_code=201,
    tags=["boards"],
    response_model=ReviewsShown,
    responses=documented(*TO_SCORE, ScoresDoNotFit),
)
async def declare_conflict(
    asked: AskedBy,
    call_id: UUID,
    declared: Annotated[DeclareConflict, Depends(JsonBody(DeclareConflict))],
) -> Response:
    """Say that one may not judge a nomination (reviewer). Officers of the reviewer's own party
    are left out without it."""
    return await asked.perform(
        partial(reviews.declare_conflict, call_id=call_id, asked=declared),
        audited=Audited("declare-conflict", f"call/{call_id}/board"),
        show=partial(queries.show_reviews, call_id=call_id),
        status=201,
    )


@routes.post(
    "/calls/{call_id}/board/submission",
    tags=["boards"],
    response_model=ReviewsShown,
    responses=documented(*TO_SCORE, ScoresAreMissing),
)
async def hand_in(asked: AskedBy, call_id: UUID) -> Response:
    """Hand in all scores; from then on they stay, and those of others may be seen (reviewer)."""
    return await asked.perform(
        partial(reviews.hand_in, call_id=call_id),
        audited=Audited("hand-in-scores", f"call/{call_id}/board"),
        show=partial(queries.show_reviews, call_id=call_id),
    )


@routes.get(
    "/calls/{call_id}/board/scores",
    tags=["boards"],
    responses=documented(NotFound, ScoresAreApart),
)
async def show_scores(asked: AskedBy, call_id: UUID) -> ScoresShown:
    """Everything that was handed in, and the board's exact mean: for a reviewer who has handed in,
    and for coordinators and auditors once the board has closed."""
    return await asked.read(partial(queries.show_scores, call_id=call_id))
