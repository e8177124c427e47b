"""A coordinator gives a nomination back to be put right, or finds that it does not fit the call."""

from typing import Any
from uuid import UUID

from shared.calendar import PlannedTime
from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.event import Planned
from shared.contracts.registration import CorrectionAsked
from shared.ids import new_id
from shared.jobs import Later, plan
from shared.refusals import Refused
from shared.rights import require_channel, require_staff

from ..bodies.nominations import FindIneligible, ReturnNomination
from ..calls.conditions import conditions_of
from ..calls.deadlines import end_of_day_to_answer
from ..domain.eligibility import RULES
from ..domain.nomination import NominationState
from ..loading import (
    Stored,
    by_id,
    locked_nomination,
)
from ..nominees.moves import move, put_right
from ..nominees.notices import tell_focal_points
from ..nominees.returns import (
    LAPSE,
    NOT_CORRECTED,
    find_ineligible,
    open_return,
    settle_return,
)
from ..refusals.calls import AlreadySelected
from ..refusals.nominations import (
    NominationHasMoved,
    ReturnDateIsNotPossible,
    RuleIsNotKnown,
    TimeToCorrectHasPassed,
)
from ..seats.freed import offer_free_seats
from ..selecting.how_made import why_not_in_pool
from ..tables import nomination, nomination_return


async def return_nomination(work: Work, nomination_id: UUID, asked: ReturnNomination) -> Outcome:
    """Give a nomination back; until it is submitted again it is not in the pool."""
    nominated, held = await _before_the_selection(work, nomination_id)
    correct_by = await end_of_day_to_answer(work, held, asked.correct_until)
    if correct_by is None:
        return ReturnDateIsNotPossible()
    returned = await move(work, nominated, NominationState.RETURNED, asked.reason_code)
    row = _row(work, nominated, asked, correct_by)
    await work.connection.execute(nomination_return.insert().values(**row))
    await plan(work, _lapse(row))
    told = await tell_focal_points(
        work,
        CorrectionAsked,
        held,
        nominated,
        reason_code=asked.reason_code,
        answer_by=Planned(local=correct_by.local, zone=correct_by.zone, instant=correct_by.instant),
    )
    return [returned, *told]


async def resubmit_nomination(work: Work, nomination_id: UUID) -> Outcome:
    """A focal point submits a returned nomination again; it stands as it did before.

    Where the selection went on without it, it waits behind all who were in time.
    """
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    nominated, held = await locked_nomination(work, nomination_id)
    wrong = await what_forbids_correcting(work, nominated)
    if wrong:
        return wrong
    await settle_return(work, nomination_id, "resubmitted")
    events: list[Event] = [await move(work, nominated, NominationState.SUBMITTED)]
    if held["selected_at"] is None:
        return events
    behind = {"late": True, "outcome_reason": await why_not_in_pool(work, held)}
    events += await put_right(work, await by_id(work, nomination, nomination_id), behind)
    waiting = await by_id(work, nomination, nomination_id)
    events.append(await move(work, waiting, NominationState.WAITLISTED))
    return [*events, *await offer_free_seats(work, held)]


async def declare_ineligible(work: Work, nomination_id: UUID, asked: FindIneligible) -> Outcome:
    """A nomination does not fit the call, by a rule that the call has."""
    nominated, held = await _before_the_selection(work, nomination_id)
    conditions = await conditions_of(work, held)
    if asked.rule not in {rule.name for rule in RULES if rule.asks(conditions)}:
        return RuleIsNotKnown()
    await settle_return(work, nomination_id, "ended")
    return await find_ineligible(work, held, nominated, asked.rule)


async def lapse_return(work: Work, return_id: UUID) -> Outcome:
    """What was not put right in time takes no part in the selection."""
    kept = await by_id(work, nomination_return, return_id)
    nominated, held = await locked_nomination(work, kept["nomination_id"])
    mine = await open_return(work, nominated["id"])
    if mine is None or mine["id"] != return_id or work.now < mine["correct_by"]:
        return None
    await settle_return(work, nominated["id"], "lapsed")
    return await find_ineligible(work, held, nominated, NOT_CORRECTED)


async def what_forbids_correcting(work: Work, nominated: Stored) -> Refused | None:
    """Why a returned nomination can not be put right, if so."""
    mine = await open_return(work, nominated["id"])
    if mine is None or nominated["status"] != NominationState.RETURNED:
        return NominationHasMoved(f"it is {nominated['status']}")
    return TimeToCorrectHasPassed() if work.now > mine["correct_by"] else None


async def _before_the_selection(work: Work, nomination_id: UUID) -> tuple[Stored, Stored]:
    """A nomination and its call, held, for the coordinator. Raises `AlreadySelected`."""
    kept = await by_id(work, nomination, nomination_id)
    await require_staff(work, kept["project_id"], "coordinator")
    nominated, held = await locked_nomination(work, nomination_id)
    if held["selected_at"] is not None:
        raise AlreadySelected
    return nominated, held


def _row(
    work: Work, nominated: Stored, asked: ReturnNomination, correct_by: PlannedTime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "nomination_id": nominated["id"],
        "call_id": nominated["call_id"],
        "person_id": nominated["person_id"],
        "party": nominated["party"],
        "reason_code": asked.reason_code,
        "reason": asked.reason,
        "returned_at": work.now,
        "correct_local": correct_by.local.isoformat(),
        "correct_zone": correct_by.zone,
        "correct_by": correct_by.instant,
        "outcome": "open",
        "settled_at": None,
    }


def _lapse(row: dict[str, Any]) -> Later:
    return Later(
        kind=LAPSE,
        key=str(row["id"]),
        payload={"return_id": str(row["id"])},
        due_at=row["correct_by"],
        person_id=row["person_id"],
    )
