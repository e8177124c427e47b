"""A coordinator gives up bounds of quotas so that somebody on the list may take a held seat."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts.registration import CallQuota
from shared.ids import new_id
from shared.refusals import Fault
from shared.rights import require_staff

from ..bodies.seats import BoundRelaxed, RelaxQuotas
from ..facts import call_changed
from ..loading import (
    Stored,
    first,
    has_begun,
    known_activity,
    locked_call,
    several,
)
from ..refusals.calls import ActivityIsOver
from ..refusals.seats import QuotaIsNotRelaxed, SeatIsNotHeld
from ..seats.freed import offer_free_seats
from ..tables import (
    call,
    call_quota,
    held_seat,
    quota_relaxation,
)


async def relax_quotas(work: Work, call_id: UUID, asked: RelaxQuotas) -> Outcome:
    """The bounds are as asked from now on, and the held seats are looked at again."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    if await first(work, select(held_seat.c.offer_id).filter_by(call_id=call_id)) is None:
        return SeatIsNotHeld()
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    quotas = await several(work, select(call_quota).filter_by(call_id=call_id))
    faults = _faults(quotas, asked.changes)
    if faults:
        return QuotaIsNotRelaxed(faults=faults)
    for one in asked.changes:
        mine = call_quota.update().filter_by(
            call_id=call_id, dimension=one.dimension, value=one.value
        )
        await work.connection.execute(mine.values(**{one.bound: one.to}))
    changed = {**held, "version": held["version"] + 1}
    await work.connection.execute(
        call.update().where(call.c.id == call_id).values(version=changed["version"])
    )
    await _keep(work, call_id, asked)
    now = await several(work, select(call_quota).filter_by(call_id=call_id))
    bounds = [CallQuota.model_validate(one) for one in now]
    return [call_changed(changed, bounds), *await offer_free_seats(work, changed)]


def _faults(quotas: Sequence[Stored], changes: Sequence[BoundRelaxed]) -> list[Fault]:
    known = {(one["dimension"], one["value"]): one for one in quotas}
    return [
        Fault(f"changes.{place}", "relaxes-nothing", "it relaxes no quota of the call")
        for place, one in enumerate(changes)
        if not _relaxes(known.get((one.dimension, one.value)), one)
    ]


def _relaxes(quota: Stored | None, change: BoundRelaxed) -> bool:
    if quota is None:
        return False
    if change.bound == "minimum":
        return bool(change.to < quota["minimum"])
    return quota["maximum"] is not None and bool(change.to > quota["maximum"])


async def _keep(work: Work, call_id: UUID, asked: RelaxQuotas) -> None:
    row = {
        "id": new_id(),
        "call_id": call_id,
        "changes": [one.model_dump() for one in asked.changes],
        "reason": asked.reason,
        "relaxed_at": work.now,
    }
    await work.connection.execute(quota_relaxation.insert().values(**row))
