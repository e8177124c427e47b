"""Who waited for a seat is told no: all of a call, or some (coordinator)."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import WaitingListClosed, WaitingListClosureAnnounced
from shared.focal_points import focal_points
from shared.refusals import Fault
from shared.rights import require_staff

from ..bodies.outcomes import CloseWaitingList
from ..calls.announcements import to_each
from ..domain.nomination import NominationState
from ..loading import (
    Stored,
    known_activity,
    locked_call,
    nominations_of,
)
from ..nominees.change_requests import end_requests
from ..nominees.moves import move_all
from ..refusals.outcomes import NobodyWaitsSo, SelectionIsNotMade


async def close_waiting_list(work: Work, call_id: UUID, asked: CloseWaitingList) -> Outcome:
    """Tell those who wait that they are not selected; focal points are told in numbers."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    if held["selected_at"] is None:
        return SelectionIsNotMade()
    waiting = {row["id"]: row for row in await nominations_of(work, call_id, ["waitlisted"])}
    named = tuple(waiting) if asked.nominations is None else asked.nominations
    strangers = [place for place, one in enumerate(named) if one not in waiting]
    if strangers:
        return NobodyWaitsSo(faults=[_fault(place) for place in strangers])
    rows = [waiting[one] for one in dict.fromkeys(named)]
    return await _tell_no(work, held, rows, asked.reason_code) if rows else None


def _fault(place: int) -> Fault:
    return Fault(f"nominations.{place}", "not-waiting", "does not wait in this call")


async def _tell_no(
    work: Work, held: Stored, rows: Sequence[Stored], reason_code: str
) -> list[Event]:
    events: list[Event] = []
    events += await move_all(work, rows, NominationState.NOT_SELECTED, reason_code)
    events += await end_requests(work, held["id"], [row["id"] for row in rows])
    closed = WaitingListClosed(
        call_id=held["id"],
        activity_id=held["activity_id"],
        project_id=held["project_id"],
        not_selected=len(rows),
        reason_code=reason_code,
    )
    return [*events, closed, *await _announcements(work, held, rows)]


async def _announcements(
    work: Work, held: Stored, rows: Sequence[Stored]
) -> list[WaitingListClosureAnnounced]:
    activity = await known_activity(work, held["activity_id"])
    numbers = Counter(row["party"] for row in rows)
    points = await focal_points(work, held["project_id"], list(numbers))
    return [
        WaitingListClosureAnnounced(not_selected=numbers[told["party"]], **told)
        for told in to_each(work, held, activity, points)
    ]
