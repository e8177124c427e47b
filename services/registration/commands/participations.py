"""An imported participation is put right, or taken back, with the reason."""

from typing import Any
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts.registration import (
    ParticipationCorrected,
    ParticipationState,
    ParticipationWithdrawn,
)
from shared.database import lock_row
from shared.ids import new_id
from shared.refusals import NotFound, Refused
from shared.rights import require_role
from shared.web.versions import VersionHasMoved

from ..bodies.history import CorrectParticipation
from ..facts import participation_fact
from ..loading import Stored, by_id
from ..past.grounds import caller_of
from ..refusals.history import (
    ParticipationIsNotOurs,
    ParticipationSaysNothing,
    ParticipationWasWithdrawn,
)
from ..rights import may_see_person
from ..tables import participation, participation_correction, person

SAYS = ("code", "title", "topic", "held_on", "outcome")


async def correct_participation(
    work: Work, participation_id: UUID, asked: CorrectParticipation, version: int
) -> Outcome:
    """Put right what an imported participation says."""
    kept = await _open(work, participation_id)
    if isinstance(kept, Refused):
        return kept
    if kept["version"] != version:
        return VersionHasMoved()
    if not (asked.code or asked.title) or asked.held_on > work.now.date():
        return ParticipationSaysNothing()
    says = {name: getattr(asked, name) for name in SAYS}
    return [await _change(work, kept, says, asked.reason, ParticipationCorrected)]


async def withdraw_participation(work: Work, participation_id: UUID, reason: str) -> Outcome:
    """An imported participation does not count any more."""
    kept = await _open(work, participation_id)
    if isinstance(kept, Refused):
        return kept
    ended = {"withdrawn_at": work.now}
    return [await _change(work, kept, ended, reason, ParticipationWithdrawn)]


async def _open(work: Work, participation_id: UUID) -> Stored | Refused:
    await require_role(work, "coordinator", "focal_point")
    await lock_row(work.connection, participation, id=participation_id)
    kept = await by_id(work, participation, participation_id)
    if not await may_see_person(work, await by_id(work, person, kept["person_id"])):
        return NotFound()
    if kept["source"] != "import":
        return ParticipationIsNotOurs()
    return ParticipationWasWithdrawn() if kept["withdrawn_at"] is not None else kept


async def _change(
    work: Work,
    kept: Stored,
    values: dict[str, Any],
    reason: str,
    kind: type[ParticipationState],
) -> ParticipationState:
    row = {**kept, **values, "version": kept["version"] + 1}
    mine = participation.c.id == kept["id"]
    await work.connection.execute(participation.update().where(mine).values(**row))
    before = {name: kept[name] for name in SAYS}
    correction = {
        "id": new_id(),
        "participation_id": kept["id"],
        "person_id": kept["person_id"],
        "before": {**before, "held_on": kept["held_on"].isoformat()},
        "reason": reason,
        "corrected_at": work.now,
        "corrected_by": await caller_of(work),
    }
    await work.connection.execute(participation_correction.insert().values(**correction))
    return participation_fact(kind, row, await by_id(work, person, kept["person_id"]))
