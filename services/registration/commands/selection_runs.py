"""A run of the selection is asked for and given up again (coordinator)."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import SelectionRunEnded
from shared.jobs import Later, cancel, plan
from shared.refusals import Refused
from shared.rights import require_staff

from ..board.loading import has_board
from ..bodies.selection import MakeSelectionRun
from ..domain.run_states import RunState
from ..loading import Stored, known_activity, locked_call
from ..nominees.returns import returns_are_open
from ..refusals.boards import BoardIsStillScoring, LotteryHasNoBoard, TooFewScores
from ..refusals.nominations import ReturnsAreOpen
from ..refusals.selection import MethodIsNotTheCalls
from ..selecting.candidates import Pool, pool_of
from ..selecting.runs import (
    locked_run,
    move_run,
    runs_made,
    standing_run,
    told,
)
from ..selecting.seeds import commit_seed
from ..tables import selection_run
from .selection import what_forbids_selecting

COMPUTE = "compute_selection"


async def request_run(work: Work, call_id: UUID, run_id: UUID, asked: MakeSelectionRun) -> Outcome:
    """Have the selection computed by a worker; a run that stood before is superseded."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    wrong = what_forbids_selecting(work, held, await known_activity(work, held["activity_id"]))
    if wrong:
        return wrong
    if asked.method not in (None, held["method"]):
        return MethodIsNotTheCalls(f"it is {held['method']}")
    if not asked.without_returned and await returns_are_open(work, call_id):
        return ReturnsAreOpen()
    wrong = await what_the_board_lacks(work, held)
    if wrong:
        return wrong
    before = await standing_run(work, call_id)
    events: list[Event] = []
    if before:
        events += await give_up(work, held, before, RunState.SUPERSEDED)
    if held["method"] == "lottery":
        events += await commit_seed(work, held)
    row = {
        "id": run_id,
        "call_id": call_id,
        "number": await runs_made(work, call_id) + 1,
        "method": held["method"],
        "state": "waiting",
        "progress": {},
        "made_by": work.actor.login,
        "made_at": work.now,
        "version": 1,
    }
    await work.connection.execute(selection_run.insert().values(**row))
    await plan(work, Later(COMPUTE, str(run_id), {"run_id": str(run_id)}, work.now))
    return events


async def cancel_run(work: Work, run_id: UUID) -> Outcome:
    """Give a run up, computed or not; nothing of it is concluded any more."""
    run, held = await locked_run(work, run_id)
    await require_staff(work, held["project_id"], "coordinator")
    return await give_up(work, held, run, RunState.CANCELLED)


async def supersede_run(work: Work, run_id: UUID) -> Outcome:
    """Note that what a run was made from is no longer so."""
    run, held = await locked_run(work, run_id)
    return await give_up(work, held, run, RunState.SUPERSEDED)


async def give_up(work: Work, held: Stored, run: Stored, to: RunState) -> list[Event]:
    """End a run that is not concluded. Raises `RunHasMoved`."""
    ended = await move_run(work, run, to, ended_at=work.now)
    await cancel(work, COMPUTE, str(run["id"]))
    return [await told(work, SelectionRunEnded, held, ended)]


async def what_the_board_lacks(
    work: Work, held: Stored, pool: Pool | None = None
) -> Refused | None:
    """A board has closed before anything is selected, and has scored everybody in the pool."""
    known = await has_board(work, held["id"])
    if known is None:
        return None
    if held["method"] == "lottery":
        return LotteryHasNoBoard()
    if known["closed_at"] is None:
        return BoardIsStillScoring("close the board once everybody has scored")
    pool = pool or await pool_of(work, held["id"])
    lacking = [one for one in pool.candidates if one.score is None]
    return TooFewScores(one.nomination_id for one in lacking) if lacking else None
