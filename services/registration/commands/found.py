"""What a worker has computed for a run of the selection is recorded."""

from dataclasses import asdict
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts.registration import (
    SelectionRunEnded,
    SelectionRunProposed,
    SelectionRunPublished,
)

from ..domain.run_states import RunState
from ..loading import Stored
from ..refusals.quotas import QuotasCannotBeMet
from ..selecting.candidates import Pool, pool_of
from ..selecting.coded_lottery import CodedLottery
from ..selecting.methods import Found
from ..selecting.no_panel import NoPanel
from ..selecting.panel_documents import as_document
from ..selecting.runs import locked_run, move_run, told
from .selection_runs import give_up


async def record_found(
    work: Work, run_id: UUID, pool: Pool, found: Found | CodedLottery
) -> Outcome:
    """Propose the panel, if the pool is still what it was found in; else it is superseded."""
    run, held = await locked_run(work, run_id)
    if run["state"] != "running":
        return None
    if (await pool_of(work, run["call_id"])).digest != pool.digest:
        return await give_up(work, held, run, RunState.SUPERSEDED)
    if isinstance(found, NoPanel):
        why = {
            "obstacles": [asdict(one) for one in found.obstacles],
            "relaxations": [asdict(one) for one in found.relaxations],
            "waiting_for_clearance": pool.waiting_for_clearance,
        }
        return await _fail(work, held, run, QuotasCannotBeMet.code(), **why)
    if isinstance(found, CodedLottery):
        result = found.as_document()
        lottery = {"result": result, "computed_at": work.now}
        published = await move_run(work, run, RunState.PUBLISHED, **lottery)
        return [await told(work, SelectionRunPublished, held, published)]
    computed = {"result": as_document(found), "computed_at": work.now}
    proposed = await move_run(work, run, RunState.PROPOSED, **computed)
    return [await told(work, SelectionRunProposed, held, proposed)]


async def fail_run(work: Work, run_id: UUID, why: str) -> Outcome:
    """The computation broke down again and again; a person has to look at it."""
    run, held = await locked_run(work, run_id)
    return await _fail(work, held, run, why) if run["state"] == "running" else None


async def _fail(work: Work, held: Stored, run: Stored, code: str, **more: object) -> Outcome:
    failure = {"code": code, **more}
    failed = await move_run(work, run, RunState.FAILED, failure=failure, ended_at=work.now)
    return [await told(work, SelectionRunEnded, held, failed)]
