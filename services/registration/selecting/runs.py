"""Runs of the selection as they are loaded, moved and told of."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work
from shared.contracts.registration import SelectionRunState

from ..domain.run_states import RunState, may_become
from ..facts import selection_run_fact
from ..loading import (
    Stored,
    by_id,
    first,
    locked_call,
    several,
)
from ..refusals.selection import RunHasMoved
from ..tables import selection_override, selection_run

STANDING = ("waiting", "running", "published", "proposed", "approved")
"""The states of a run that may still be concluded; a call has one such run at a time."""


async def locked_run(work: Work, run_id: UUID) -> tuple[Stored, Stored]:
    """A run and its call, held until the transaction ends. Raises `NotFound`."""
    found = await by_id(work, selection_run, run_id)
    held = await locked_call(work, found["call_id"])
    return await by_id(work, selection_run, run_id), held


async def standing_run(work: Work, call_id: UUID) -> Stored | None:
    """The run of a call that may still be concluded."""
    mine = (selection_run.c.call_id == call_id) & selection_run.c.state.in_(STANDING)
    return await first(work, select(selection_run).where(mine))


async def overrides_of(work: Work, run_id: UUID) -> list[Stored]:
    """What people changed in a proposal, in the order they did."""
    query = select(selection_override).where(selection_override.c.run_id == run_id)
    return await several(work, query.order_by(selection_override.c.number))


async def runs_made(work: Work, call_id: UUID) -> int:
    """How many runs a call has had."""
    query = select(func.count()).where(selection_run.c.call_id == call_id)
    return int((await work.connection.execute(query)).scalar_one())


async def move_run(work: Work, run: Stored, to: RunState, **changed: Any) -> Stored:
    """Save the new state of a run. Raises `RunHasMoved`."""
    if not may_become(run["state"], to):
        raise RunHasMoved(f"it is {run['state']}")
    values = {"state": str(to), "version": run["version"] + 1, **changed}
    mine = selection_run.c.id == run["id"]
    await work.connection.execute(selection_run.update().where(mine).values(**values))
    return {**run, **values}


async def told(work: Work, kind: type[SelectionRunState], held: Stored, run: Stored) -> Any:
    """The event of a step of a run, with how many overrides it has by now."""
    return selection_run_fact(kind, held, run, len(await overrides_of(work, run["id"])))
