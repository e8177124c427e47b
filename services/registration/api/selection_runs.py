"""The selection in steps: whether it can be made, and its runs from asked to concluded."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from shared.context import Act, Audited, Outcome
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.papers import pdf_answer
from shared.web.problems import documented

from ..bodies.selection import MakeSelectionRun, OverrideProposal
from ..commands import draws, proposals, selection_runs
from ..papers.minutes import Minutes
from ..queries import feasibility
from ..queries import selection_runs as queries
from ..queries.feasibility import FeasibilityShown
from ..queries.minutes import minutes_of
from ..queries.selection_runs import SelectionRunShown
from ..refusals.boards import BoardIsStillScoring, LotteryHasNoBoard, TooFewScores
from ..refusals.calls import (
    ActivityIsOver,
    AlreadySelected,
    CallHasEnded,
    CallIsStillOpen,
    SelectionPoolHasChanged,
)
from ..refusals.lotteries import CallHasNoLottery, SeedIsRevealed
from ..refusals.nominations import ReturnsAreOpen
from ..refusals.selection import (
    ApprovalIsMissing,
    ApproverIsTheProposer,
    ConflictOfInterest,
    LotteryStands,
    MethodIsNotTheCalls,
    OfficerIsNotInThePanel,
    OfficerIsNotWaiting,
    OverrideMissesQuota,
    RunHasMoved,
)
from .wording import in_words_for

routes = router()
BOARD = (BoardIsStillScoring, LotteryHasNoBoard, TooFewScores)
"""What a board lacks before anything is selected."""


@routes.get(
    "/calls/{call_id}/feasibility",
    tags=["selection"],
    responses=documented(NotFound, AlreadySelected),
)
async def show_feasibility(asked: AskedBy, call_id: UUID) -> FeasibilityShown:
    """Whether those nominated so far can keep every quota, and what is in the way (coordinator)."""
    pool = await asked.read(partial(feasibility.pool_before_selection, call_id=call_id))
    say = await in_words_for(asked, call_id)
    return await asyncio.to_thread(feasibility.feasibility_of, call_id, pool, say)


@routes.post(
    "/calls/{call_id}/selection-runs",
    status_code=201,
    tags=["selection"],
    response_model=SelectionRunShown,
    responses=documented(
        NotFound,
        *BOARD,
        CallHasEnded,
        CallIsStillOpen,
        AlreadySelected,
        ActivityIsOver,
        MethodIsNotTheCalls,
        ReturnsAreOpen,
        NotYetKnown,
    ),
)
async def request_run(
    asked: AskedBy,
    call_id: UUID,
    wanted: Annotated[MakeSelectionRun, Depends(JsonBody(MakeSelectionRun))],
) -> Response:
    """Have a worker compute the selection, after the deadline (coordinator).

    A run that was made before and is not concluded is superseded.
    """
    run_id = new_id()
    return await asked.perform(
        partial(selection_runs.request_run, call_id=call_id, run_id=run_id, asked=wanted),
        audited=Audited("make-selection-run", f"call/{call_id}/selection-run/{run_id}"),
        show=partial(queries.show_run, run_id=run_id),
        status=201,
    )


@routes.get("/calls/{call_id}/selection-runs", tags=["selection"], responses=documented(NotFound))
async def list_runs(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[SelectionRunShown]:
    """The runs of a call, in the order they were made (coordinator, auditor)."""
    return await asked.read(partial(queries.list_runs, call_id=call_id, place=place))


@routes.get("/selection-runs/{run_id}", tags=["selection"], responses=documented(NotFound))
async def show_run(asked: AskedBy, run_id: UUID, response: Response) -> SelectionRunShown:
    """How far a run is, and what it proposes (coordinator, auditor)."""
    shown = await asked.read(partial(queries.show_run, run_id=run_id))
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.post(
    "/selection-runs/{run_id}/cancellation",
    tags=["selection"],
    response_model=SelectionRunShown,
    responses=documented(NotFound, RunHasMoved),
)
async def cancel_run(asked: AskedBy, run_id: UUID) -> Response:
    """Give a run up, while it is computed or after (coordinator)."""
    return await _step(asked, run_id, "cancel-selection-run", selection_runs.cancel_run)


@routes.post(
    "/selection-runs/{run_id}/overrides",
    status_code=201,
    tags=["selection"],
    response_model=SelectionRunShown,
    responses=documented(
        NotFound,
        RunHasMoved,
        LotteryStands,
        ConflictOfInterest,
        OfficerIsNotInThePanel,
        OfficerIsNotWaiting,
        OverrideMissesQuota,
        SelectionPoolHasChanged,
    ),
)
async def override_proposal(
    asked: AskedBy,
    run_id: UUID,
    changed: Annotated[OverrideProposal, Depends(JsonBody(OverrideProposal))],
) -> Response:
    """Put one officer for another, with a reason (coordinator, or who chairs the board; nobody
    on it for an officer whom they do not judge).

    The reason is kept with the run and stands in the minutes: write no names in it.
    """
    act = partial(proposals.override_proposal, run_id=run_id, asked=changed)
    return await _perform(asked, run_id, "override-selection-run", act, status=201)


@routes.post(
    "/selection-runs/{run_id}/approval",
    tags=["selection"],
    response_model=SelectionRunShown,
    responses=documented(NotFound, RunHasMoved, ApproverIsTheProposer, SelectionPoolHasChanged),
)
async def approve_run(asked: AskedBy, run_id: UUID) -> Response:
    """Agree to what is proposed: a coordinator who neither had it made nor changed it."""
    return await _step(asked, run_id, "approve-selection-run", proposals.approve_run)


@routes.post(
    "/selection-runs/{run_id}/conclusion",
    tags=["selection"],
    response_model=SelectionRunShown,
    responses=documented(
        NotFound,
        RunHasMoved,
        MethodIsNotTheCalls,
        ApprovalIsMissing,
        *BOARD,
        SelectionPoolHasChanged,
        AlreadySelected,
        ActivityIsOver,
        NotYetKnown,
    ),
)
async def conclude_run(asked: AskedBy, run_id: UUID) -> Response:
    """Offer the seats to those whom the run proposes (coordinator)."""
    return await _step(asked, run_id, "conclude-selection-run", proposals.conclude_run)


@routes.get(
    "/selection-runs/{run_id}/minutes",
    tags=["selection"],
    response_class=Response,
    responses={**documented(NotFound, RunHasMoved), 200: {"content": {"application/pdf": {}}}},
)
async def show_minutes(
    asked: AskedBy, run_id: UUID, lang: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """The minutes as a PDF in a language (ar, en, es, fr): coded, nobody is named.

    Who proposed and who approved stand as the beginning of the digest of their sign-in.
    """
    minutes = await asked.read(partial(minutes_of, run_id=run_id, language=lang))
    content = await asyncio.to_thread(set_minutes, minutes)
    return pdf_answer(content, f"minutes-{minutes.reference}-{minutes.run}.pdf")


def set_minutes(minutes: Minutes) -> bytes:
    """Typeset; what that takes is loaded when somebody first asks for it."""
    from ..papers.typesetting import minutes_pdf  # noqa: PLC0415

    return minutes_pdf(minutes)


@routes.post(
    "/selection-runs/{run_id}/draw",
    tags=["selection"],
    response_model=SelectionRunShown,
    responses=documented(
        NotFound, RunHasMoved, CallHasNoLottery, SeedIsRevealed, SelectionPoolHasChanged
    ),
)
async def draw_panel(asked: AskedBy, run_id: UUID) -> Response:
    """Reveal the seed of a lottery, and propose the panel that follows from it (coordinator)."""
    return await _step(asked, run_id, "draw-panel", draws.draw_panel)


async def _step(
    asked: Asked, run_id: UUID, action: str, command: Callable[..., Awaitable[Outcome]]
) -> Response:
    return await _perform(asked, run_id, action, partial(command, run_id=run_id))


async def _perform(
    asked: Asked, run_id: UUID, action: str, act: Act, *, status: int = 200
) -> Response:
    """Take a step; a run whose pool has changed is superseded, and the step refused."""
    this = f"selection-run/{run_id}"
    show = partial(queries.show_run, run_id=run_id)
    try:
        return await asked.perform(act, audited=Audited(action, this), show=show, status=status)
    except SelectionPoolHasChanged:
        await asked.context.commit(
            partial(selection_runs.supersede_run, run_id=run_id),
            actor=asked.actor,
            correlation_id=asked.correlation_id,
            audited=Audited("supersede-selection-run", this),
        )
        raise
