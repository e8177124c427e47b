"""Another run for an officer without a seat: a nomination offered, accepted without retyping."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.calendar import PlannedTime
from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.event import Planned
from shared.contracts.registration import OtherRunOffered
from shared.ids import new_id
from shared.jobs import Later
from shared.jobs import plan as plan_jobs
from shared.refusals import NotFound, Refused
from shared.rights import require_channel, require_staff

from ..bodies.nominations import NominateOfficer, OfficerNominated
from ..bodies.outcomes import AnswerOtherRun, OfferOtherRun
from ..calls.deadlines import end_of_day_to_answer, what_forbids_nominating
from ..calls.quotas import invited, quotas_of
from ..domain.nomination import NO_LONGER_STANDING, NominationState
from ..facts import other_run_described
from ..loading import (
    Stored,
    by_id,
    first,
    has_begun,
    known_activity,
    locked_call,
)
from ..nominees.change_requests import end_request
from ..nominees.declarations import declaration_of
from ..nominees.moves import move
from ..nominees.notices import tell_focal_points
from ..nominees.run_offers import LAPSE, open_run_offer, settle_run_offer
from ..refusals.calls import ActivityIsOver
from ..refusals.nominations import AlreadyNominated, NominationHasMoved
from ..refusals.outcomes import AnswerDateIsNotPossible, RunIsOffered, RunIsTheSame
from ..refusals.seats import OfferIsNotLive
from ..tables import (
    call,
    nomination,
    person,
    run_offer,
)
from .nominations import (
    not_eligible,
    put_forward,
    standing_of_party,
    submitted,
    what_is_wrong,
)

WITHOUT_A_SEAT = (NominationState.WAITLISTED, NominationState.NOT_SELECTED)
MOVED = "moved-to-other-run"


async def offer_other_run(
    work: Work, nomination_id: UUID, run_offer_id: UUID, asked: OfferOtherRun
) -> Outcome:
    """A coordinator offers who has no seat a nomination for another activity."""
    kept = await by_id(work, nomination, nomination_id)
    await require_staff(work, kept["project_id"], "coordinator")
    other = await by_id(work, call, asked.call_id)
    await require_staff(work, other["project_id"], "coordinator")
    held = await locked_call(work, kept["call_id"])
    nominated = await by_id(work, nomination, nomination_id)
    wrong = await _what_forbids(work, nominated, other)
    if wrong:
        return wrong
    answer_by = await end_of_day_to_answer(work, other, asked.answer_until)
    if answer_by is None:
        return AnswerDateIsNotPossible()
    row = _row(work, nominated, other, run_offer_id, answer_by)
    await work.connection.execute(run_offer.insert().values(**row))
    await plan_jobs(work, _lapse(row))
    told = await tell_focal_points(
        work,
        OtherRunOffered,
        held,
        nominated,
        run_offer_id=run_offer_id,
        other_reference=other["reference"],
        answer_by=Planned(local=answer_by.local, zone=answer_by.zone, instant=answer_by.instant),
    )
    return [other_run_described(row), *told]


async def answer_other_run(work: Work, run_offer_id: UUID, asked: AnswerOtherRun) -> Outcome:
    """A focal point says yes or no; with yes the officer waits in the first call no longer."""
    row, nominated, other = await _locked(work, run_offer_id)
    await require_channel(work, other["project_id"], row["party"])
    if row["state"] != "open" or work.now > row["answer_by"]:
        return OfferIsNotLive(f"it is {row['state']}")
    if asked.answer == "decline":
        return [await settle_run_offer(work, row, "declined")]
    if nominated["status"] not in WITHOUT_A_SEAT:
        return NominationHasMoved(f"it is {nominated['status']}")
    put = await _put_forward(work, nominated, other, asked)
    if isinstance(put, Refused):
        return put
    made, events = put
    settled = await settle_run_offer(work, row, "accepted", made)
    if nominated["status"] == NominationState.WAITLISTED:
        events.append(await move(work, nominated, NominationState.NOT_SELECTED, MOVED))
        events += await end_request(work, nominated["id"])
    return [settled, *events]


async def lapse_run_offer(work: Work, run_offer_id: UUID) -> Outcome:
    """What was not answered in time ends; everything else stays as it is."""
    row, _, _ = await _locked(work, run_offer_id)
    if row["state"] != "open" or work.now < row["answer_by"]:
        return None
    return [await settle_run_offer(work, row, "expired")]


async def _locked(work: Work, run_offer_id: UUID) -> tuple[Stored, Stored, Stored]:
    """An offer, its nomination and the other call; both calls are held, in one order for all."""
    found = await by_id(work, run_offer, run_offer_id)
    for call_id in sorted((found["call_id"], found["from_call_id"])):
        await locked_call(work, call_id)
    row = await by_id(work, run_offer, run_offer_id)
    nominated = await by_id(work, nomination, row["nomination_id"])
    return row, nominated, await by_id(work, call, row["call_id"])


async def _what_forbids(work: Work, nominated: Stored, other: Stored) -> Refused | None:
    if nominated["status"] not in WITHOUT_A_SEAT:
        return NominationHasMoved(f"it is {nominated['status']}")
    if nominated["call_id"] == other["id"]:
        return RunIsTheSame()
    if await open_run_offer(work, nominated["id"]):
        return RunIsOffered()
    closed = await _what_closes(work, other)
    if closed:
        return closed
    if nominated["party"] not in invited(await quotas_of(work, other["id"])):
        return not_eligible(["party-invited"])
    there = (nomination.c.call_id == other["id"]) & (
        nomination.c.person_id == nominated["person_id"]
    )
    standing = nomination.c.status.not_in(NO_LONGER_STANDING)
    known = await first(work, select(nomination.c.id).where(there, standing))
    return AlreadyNominated() if known else None


async def _what_closes(work: Work, other: Stored) -> Refused | None:
    """Why the other call takes nobody now, if so."""
    begun = has_begun(work, await known_activity(work, other["activity_id"]))
    if begun and other["ended_at"] is None:
        return ActivityIsOver()
    return await what_forbids_nominating(work, other)


async def _put_forward(
    work: Work, nominated: Stored, other: Stored, answered: AnswerOtherRun
) -> tuple[UUID, list[Event]] | Refused:
    """The officer as known, nominated in the other call by its rules."""
    closed = await _what_closes(work, other)
    if closed:
        return closed
    officer = await by_id(work, person, nominated["person_id"])
    if officer["erased_at"] is not None:
        return NotFound()
    standing = await standing_of_party(work, other["id"], nominated["party"])
    last = max((one["priority"] for one in standing), default=0)
    asked = NominateOfficer(
        party=nominated["party"],
        officer=_as_known(officer),
        priority=answered.priority or last + 1,
        declaration=answered.declaration or declaration_of(nominated),
    )
    wrong = await what_is_wrong(work, other, asked, standing)
    if wrong:
        return wrong
    row = submitted(work, other, new_id(), officer, asked)
    return row["id"], await put_forward(work, other, [row])


def _as_known(officer: Stored) -> OfficerNominated:
    fields = {name: officer[name] for name in OfficerNominated.model_fields if name in officer}
    return OfficerNominated.model_validate_json(json.dumps(fields, default=str))


def _row(
    work: Work, nominated: Stored, other: Stored, run_offer_id: UUID, answer_by: PlannedTime
) -> dict[str, Any]:
    return {
        "id": run_offer_id,
        "nomination_id": nominated["id"],
        "from_call_id": nominated["call_id"],
        "call_id": other["id"],
        "activity_id": other["activity_id"],
        "project_id": other["project_id"],
        "person_id": nominated["person_id"],
        "party": nominated["party"],
        "state": "open",
        "offered_at": work.now,
        "answer_local": answer_by.local.isoformat(),
        "answer_zone": answer_by.zone,
        "answer_by": answer_by.instant,
        "answered_at": None,
        "made_nomination_id": None,
    }


def _lapse(row: dict[str, Any]) -> Later:
    return Later(
        kind=LAPSE,
        key=str(row["id"]),
        payload={"run_offer_id": str(row["id"])},
        due_at=row["answer_by"],
        person_id=row["person_id"],
    )
