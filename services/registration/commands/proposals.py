"""What a run proposes is changed with a reason, approved by a second person, and concluded."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts.registration import (
    SelectionRunApproved,
    SelectionRunConcluded,
    SelectionRunOverridden,
)
from shared.ids import new_id
from shared.refusals import Refused
from shared.rights import require_staff

from ..board.loading import board_of, has_board, reviewer_here
from ..bodies.selection import OverrideProposal
from ..domain.quotas import (
    SEATS,
    Bound,
    Obstacle,
    broken_by,
)
from ..domain.run_states import RunState
from ..loading import Stored, known_activity
from ..refusals.calls import SelectionPoolHasChanged
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
from ..selecting.candidates import Pool, pool_of
from ..selecting.how_made import HowMade
from ..selecting.panel_documents import (
    candidates_of,
    chances_of,
    chosen_ids,
    panel_of,
)
from ..selecting.runs import (
    locked_run,
    move_run,
    overrides_of,
    told,
)
from ..tables import selection_override
from .selection import conclude_selection, what_forbids_selecting
from .selection_runs import what_the_board_lacks


async def override_proposal(work: Work, run_id: UUID, asked: OverrideProposal) -> Outcome:
    """Put one officer for another, within the quotas but for those that are listed: a coordinator,
    or who chairs the board."""
    run, held = await locked_run(work, run_id)
    mine = await reviewer_here(work, held["id"])
    if mine is None or not mine["chairs"]:
        await require_staff(work, held["project_id"], "coordinator")
    if run["method"] == "lottery":
        return LotteryStands()
    if mine and await _is_in_conflict(work, mine, asked):
        return ConflictOfInterest()
    made = await overrides_of(work, run_id)
    pool = await _pool_of(work, run)
    if isinstance(pool, Refused):
        return pool
    missed = _missed(pool, chosen_ids(run, made), asked)
    if isinstance(missed, Refused):
        return missed
    proposed = await move_run(work, run, RunState.PROPOSED, approved_by=None, approved_at=None)
    await work.connection.execute(
        selection_override.insert().values(
            id=new_id(),
            run_id=run_id,
            number=len(made) + 1,
            leaves_id=asked.leaves,
            comes_id=asked.comes,
            missed=[f"{one.dimension}.{one.value}.{one.bound}" for one in missed],
            reason=asked.reason,
            made_by=work.actor.login,
            made_at=work.now,
        )
    )
    return [await told(work, SelectionRunOverridden, held, proposed)]


async def approve_run(work: Work, run_id: UUID) -> Outcome:
    """A second person agrees to what is proposed."""
    run, held = await locked_run(work, run_id)
    await require_staff(work, held["project_id"], "coordinator")
    by = {run["made_by"], *(one["made_by"] for one in await overrides_of(work, run_id))}
    if work.actor.login in by:
        return ApproverIsTheProposer()
    pool = await _pool_of(work, run)
    if isinstance(pool, Refused):
        return pool
    approved = await move_run(
        work, run, RunState.APPROVED, approved_by=work.actor.login, approved_at=work.now
    )
    return [await told(work, SelectionRunApproved, held, approved)]


async def conclude_run(work: Work, run_id: UUID) -> Outcome:
    """Offer the seats to those whom the run proposes, if its pool still stands."""
    run, held = await locked_run(work, run_id)
    await require_staff(work, held["project_id"], "coordinator")
    made = await overrides_of(work, run_id)
    if run["method"] != held["method"]:
        return MethodIsNotTheCalls(f"it is {held['method']}")
    with_board = await has_board(work, held["id"]) is not None
    if run["state"] == "proposed" and (made or with_board):
        return ApprovalIsMissing()
    pool = await _pool_of(work, run)
    if isinstance(pool, Refused):
        return pool
    wrong = await what_the_board_lacks(work, held, pool) or what_forbids_selecting(
        work, held, await known_activity(work, held["activity_id"])
    )
    if wrong:
        return wrong
    panel = panel_of(pool, chosen_ids(run, made))
    concluded = await move_run(work, run, RunState.CONCLUDED, ended_at=work.now)
    how = HowMade(
        method=run["method"],
        runs=run["number"],
        overrides=len(made),
        with_board=with_board,
        chances=chances_of(run),
    )
    events = await conclude_selection(work, held, pool, panel, how)
    return [*events, await told(work, SelectionRunConcluded, held, concluded)]


async def _is_in_conflict(work: Work, reviewer: Stored, asked: OverrideProposal) -> bool:
    """Whether a reviewer is too near to one of those whom a change is about."""
    conflicts = (await board_of(work, reviewer["call_id"])).conflicts
    return any((reviewer["id"], one) in conflicts for one in (asked.leaves, asked.comes))


async def _pool_of(work: Work, run: Stored) -> Pool | Refused:
    """What a proposal was made from, as long as it still stands."""
    if run["state"] not in ("proposed", "approved"):
        return RunHasMoved(f"it is {run['state']}")
    pool = await pool_of(work, run["call_id"])
    return pool if pool.digest == run["pool_digest"] else SelectionPoolHasChanged()


def _missed(
    pool: Pool, chosen: frozenset[UUID], asked: OverrideProposal
) -> tuple[Obstacle, ...] | Refused:
    """The quotas that the panel would miss after the change, all of them listed."""
    if asked.leaves is not None and asked.leaves not in chosen:
        return OfficerIsNotInThePanel()
    waiting = {one.nomination_id for one in pool.candidates} - chosen
    if asked.comes is not None and asked.comes not in waiting:
        return OfficerIsNotWaiting()
    changed = chosen - {asked.leaves}
    holders = candidates_of(pool, changed | {asked.comes} if asked.comes else changed)
    if len(holders) > pool.seats:
        return OverrideMissesQuota([Obstacle(SEATS, "", Bound.MAXIMUM, pool.seats, len(holders))])
    missed = broken_by(holders, pool.quotas)
    listed = {(one.dimension, one.value, one.bound) for one in asked.misses}
    unlisted = [one for one in missed if (one.dimension, one.value, str(one.bound)) not in listed]
    return OverrideMissesQuota(unlisted) if unlisted else missed
