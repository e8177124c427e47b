"""Changes once the list is frozen: a focal point asks, a coordinator decides."""

import json
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import ChangeAsked, ChangeDecisionAnnounced
from shared.refusals import Refused
from shared.rights import require_channel, require_staff

from ..bodies.changes import AskForChange, DecideChange
from ..bodies.nominations import CorrectNomination, DeclarationSigned, ReplaceNominee
from ..calls.deadlines import cut_off_has_passed, is_frozen
from ..coordinators import coordinators_of
from ..domain.nomination import NominationState, holds_a_seat, is_final
from ..facts import change_request_described
from ..loading import (
    Stored,
    by_id,
    has_begun,
    known_activity,
    locked_nomination,
)
from ..nominees.change_requests import officer_asked_for, open_request, settle_request
from ..nominees.moves import rank_anew
from ..nominees.notices import tell, tell_focal_points
from ..refusals.calls import ActivityIsOver, AlreadySelected
from ..refusals.changes import ChangeIsAskedAlready, ChangeIsDecided, ChangeNeedsNoRequest
from ..refusals.nominations import NominationHasMoved
from ..tables import change_request, nomination
from .corrections import correct
from .nominations import standing_of_party
from .replacements import replace_in_seat, replace_on_list
from .seats import take_back


async def ask_for_change(
    work: Work, nomination_id: UUID, request_id: UUID, asked: AskForChange
) -> Outcome:
    """A focal point asks for what it may not do by itself; nothing changes until it is decided."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    nominated, held = await locked_nomination(work, nomination_id)
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    wrong = _what_forbids_asking(work, nominated, held, asked.change)
    if wrong:
        return wrong
    if await open_request(work, nomination_id):
        return ChangeIsAskedAlready()
    row = _row(work, nominated, request_id, asked)
    await work.connection.execute(change_request.insert().values(**row))
    coordinators = await coordinators_of(work, held["project_id"])
    told = await tell(work, ChangeAsked, held, nominated, coordinators, change=asked.change)
    return [change_request_described(row), *told]


async def decide_change(work: Work, request_id: UUID, asked: DecideChange) -> Outcome:
    """A coordinator carries a change out, or refuses it; both sides are told."""
    kept = await by_id(work, change_request, request_id)
    await require_staff(work, kept["project_id"], "coordinator")
    nominated, held = await locked_nomination(work, kept["nomination_id"])
    row = await by_id(work, change_request, request_id)
    if row["state"] != "open":
        return ChangeIsDecided(f"it is {row['state']}")
    accepted = asked.decision == "accept"
    settled = await settle_request(work, row, "accepted" if accepted else "refused", asked.reason)
    done = await _carry_out(work, nominated, held, row) if accepted else None
    if isinstance(done, Refused):
        return done
    told = await tell_focal_points(
        work, ChangeDecisionAnnounced, held, nominated, change=row["change"], accepted=accepted
    )
    return [*(done or ()), settled, *told]


async def take_change_back(work: Work, request_id: UUID) -> Outcome:
    """A focal point no longer asks for it."""
    kept = await by_id(work, change_request, request_id)
    await require_channel(work, kept["project_id"], kept["party"])
    await locked_nomination(work, kept["nomination_id"])
    row = await by_id(work, change_request, request_id)
    if row["state"] != "open":
        return ChangeIsDecided(f"it is {row['state']}")
    return [await settle_request(work, row, "taken_back")]


def _what_forbids_asking(
    work: Work, nominated: Stored, held: Stored, change: str
) -> Refused | None:
    """What can be done at once is not asked for, and after the selection only seats change."""
    state = NominationState(nominated["status"])
    if is_final(state) or state is NominationState.RETURNED:
        return NominationHasMoved(f"it is {state}")
    seated = holds_a_seat(state)
    cut_off = cut_off_has_passed(work, held)
    match change:
        case "withdrawal":
            return None if seated and cut_off else ChangeNeedsNoRequest()
        case "replacement" if seated:
            return None if cut_off else ChangeNeedsNoRequest()
    if state is not NominationState.SUBMITTED:
        return AlreadySelected()
    return None if is_frozen(work, held, nominated) else ChangeNeedsNoRequest()


async def _carry_out(work: Work, nominated: Stored, held: Stored, row: Stored) -> Outcome:
    """The change as it was asked for, by the rules of today."""
    signed = row["declaration"]
    declaration = signed and DeclarationSigned.model_validate_json(json.dumps(signed))
    officer = officer_asked_for(row)
    said = {"officer": officer, "priority": row["priority"], "declaration": declaration}
    match row["change"]:
        case "withdrawal":
            return await take_back(work, nominated, held)
        case "replacement":
            coming = ReplaceNominee(**said)
            seated = holds_a_seat(NominationState(nominated["status"]))
            replace = replace_in_seat if seated else replace_on_list
            return await replace(work, nominated, held, coming)
    if nominated["status"] != NominationState.SUBMITTED:
        return NominationHasMoved(f"it is {nominated['status']}")
    if row["change"] == "correction":
        return await correct(work, nominated, held, CorrectNomination(**said))
    return await _change_places(work, nominated, row["priority"])


async def _change_places(work: Work, nominated: Stored, priority: int) -> list[Event]:
    standing = await standing_of_party(work, nominated["call_id"], nominated["party"])
    priorities = {
        one["id"]: nominated["priority"] for one in standing if one["priority"] == priority
    }
    moved = await rank_anew(work, standing, {**priorities, nominated["id"]: priority})
    return [*moved]


def _row(work: Work, nominated: Stored, request_id: UUID, asked: AskForChange) -> Stored:
    said = asked.officer and asked.officer.model_dump(mode="json", exclude_unset=True)
    same = ("call_id", "activity_id", "project_id", "person_id", "party")
    return {
        "id": request_id,
        "nomination_id": nominated["id"],
        **{name: nominated[name] for name in same},
        "change": asked.change,
        "officer": said,
        "declaration": asked.declaration and asked.declaration.model_dump(mode="json"),
        "priority": asked.priority,
        "reason": asked.reason,
        "state": "open",
        "asked_at": work.now,
        "decided_at": None,
        "decision_reason": None,
        "version": 1,
    }
