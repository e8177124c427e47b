"""Details of who has a seat are filled in, asked for again, and deleted after the activity."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts.registration import FollowUpReminded
from shared.jobs import plan
from shared.refusals import Fault
from shared.rights import require_channel
from shared.sealing import SealDoesNotOpen
from shared.web.versions import VersionHasMoved

from ..bodies.follow_ups import FillFollowUp
from ..calls.afterwards import weeks_after_the_end
from ..domain.details import what_is_wrong
from ..facts import follow_up_described
from ..loading import (
    Stored,
    by_id,
    known_activity,
    locked_nomination,
    required,
)
from ..refusals.follow_ups import FollowUpIsClosed, FollowUpIsNotWhole
from ..refusals.seats import AnswerIsTheOfficers
from ..seats.follow_up_data import PURPOSE, delete_details, details_of, keep_details
from ..seats.follow_ups import PURGE, write_to
from ..seats.visa_letters import DETAILS_CHANGED, forget_letters, void_letters
from ..tables import call, follow_up, follow_up_answer, visa_letter


async def fill_by_link(work: Work, code: str, told: FillFollowUp) -> Outcome:
    """Who holds the link fills the details in, or anew, until the day to answer by."""
    nomination_id = work.links.check(PURPOSE, code, work.now)
    await locked_nomination(work, nomination_id)
    return await _fill(work, await _asked_of(work, nomination_id), told)


async def fill_for_officer(
    work: Work, nomination_id: UUID, told: FillFollowUp, version: int
) -> Outcome:
    """The focal point fills in for an officer to whom it was written through them."""
    kept = await _asked_of(work, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    await locked_nomination(work, nomination_id)
    row = await _asked_of(work, nomination_id)
    if row["recipient_id"] == row["person_id"]:
        return AnswerIsTheOfficers()
    if row["version"] != version:
        return VersionHasMoved()
    return await _fill(work, row, told)


async def remind_follow_up(work: Work, nomination_id: UUID) -> Outcome:
    """Ask once more where the details are not there."""
    nominated, held = await locked_nomination(work, nomination_id)
    row = await _asked_of(work, nomination_id)
    if row["state"] != "asked":
        return None
    return await write_to(work, FollowUpReminded, held, nominated, row)


async def purge_follow_ups(work: Work, call_id: UUID) -> Outcome:
    """Keep nothing of what was told, once the activity is over for some weeks."""
    held = await by_id(work, call, call_id)
    due = weeks_after_the_end(PURGE, call_id, await known_activity(work, held["activity_id"]))
    if work.now < due.due_at:
        await plan(work, due)
        return None
    await delete_details(work, follow_up_answer.c.call_id == call_id)
    await forget_letters(work, visa_letter.c.call_id == call_id)
    return None


async def _asked_of(work: Work, nomination_id: UUID) -> Stored:
    """What was asked of one officer. Raises `NotFound`."""
    return await required(work, select(follow_up).where(follow_up.c.nomination_id == nomination_id))


async def _fill(work: Work, row: Stored, told: FillFollowUp) -> Outcome:
    if row["state"] == "ended" or work.now > row["answer_by"]:
        return FollowUpIsClosed()
    activity = await known_activity(work, row["activity_id"])
    first, last = activity["starts_on"], activity["ends_on"]
    wrong = what_is_wrong(row["asks"], told.model_dump(), first, last)
    if wrong:
        faults = [Fault(path, code, code.replace("-", " ")) for path, code in wrong]
        return FollowUpIsNotWhole(faults=faults)
    letter = await _letter_after(work, row, told)
    await keep_details(work, row, told)
    changed: dict[str, Any] = {"visa_letter": letter, "version": follow_up.c.version + 1}
    if row["state"] == "asked":
        changed |= {"state": "complete", "completed_at": work.now}
    mine = follow_up.c.nomination_id == row["nomination_id"]
    await work.connection.execute(follow_up.update().where(mine).values(**changed))
    return [follow_up_described({**row, **changed})] if row["state"] == "asked" else None


async def _letter_after(work: Work, row: Stored, told: FillFollowUp) -> str | None:
    """Where the letter of invitation stands; with another passport in it, it is void."""
    try:
        before = await details_of(work, row["nomination_id"]) or FillFollowUp()
    except SealDoesNotOpen:  # what nobody can read any more is told anew
        before = FillFollowUp()
    if (before.passport, before.visa_letter) == (told.passport, told.visa_letter):
        stands: str | None = row["visa_letter"]
        return stands
    mine = visa_letter.c.nomination_id == row["nomination_id"]
    voided = await void_letters(work, mine, DETAILS_CHANGED)
    if told.visa_letter is None or not told.visa_letter.needed:
        return None
    return "void" if voided else "needed"
