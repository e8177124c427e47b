"""The selection of a call: once, after the deadline, within every quota (coordinator)."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import OutcomeAnnounced
from shared.focal_points import focal_points
from shared.refusals import Refused
from shared.rights import require_staff

from ..board.loading import has_board
from ..calls.announcements import to_each
from ..calls.quotas import invited
from ..calls.viability import question_viability
from ..domain.nomination import NominationState
from ..domain.selection import Selection
from ..facts import selection_concluded
from ..loading import (
    Stored,
    by_id,
    has_begun,
    known_activity,
    locked_call,
    nominations_of,
    parties,
)
from ..nominees.moves import move_all
from ..nominees.returns import returns_are_open
from ..refusals.calls import (
    ActivityIsOver,
    AlreadySelected,
    CallHasEnded,
    CallIsStillOpen,
    SelectionPoolHasChanged,
)
from ..refusals.nominations import ReturnsAreOpen
from ..refusals.quotas import QuotasCannotBeMet
from ..refusals.selection import SelectionIsMadeInSteps, SelectionTakesTooLong
from ..seats.offers import Seat, offer_seats
from ..selecting.candidates import Pool, pool_of
from ..selecting.how_made import HowMade, keep_reasons, why_not_in_pool
from ..selecting.methods import Found
from ..selecting.no_panel import NoPanel
from ..selecting.runs import standing_run
from ..tables import call, selection

AT_ONCE = HowMade()


async def read_pool(work: Work, call_id: UUID) -> Pool:
    """What there is to select from, for who may select."""
    kept = await by_id(work, call, call_id)
    await require_staff(work, kept["project_id"], "coordinator")
    return await pool_of(work, call_id)


async def select_at_once(
    work: Work,
    call_id: UUID,
    pool: Pool,
    found: Found | None,
    without_returned: bool = False,
) -> Outcome:
    """Conclude the selection by merit where nobody has to review or approve it; nothing is `found`
    where that would take too long."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    in_steps = await has_board(work, call_id) or await standing_run(work, call_id)
    if held["method"] != "merit" or in_steps:
        return SelectionIsMadeInSteps()
    if not without_returned and await returns_are_open(work, call_id):
        return ReturnsAreOpen()
    wrong = what_forbids_selecting(work, held, await known_activity(work, held["activity_id"]))
    if wrong:
        return wrong
    if (await pool_of(work, call_id)).digest != pool.digest:
        return SelectionPoolHasChanged()
    if found is None:
        return SelectionTakesTooLong()
    if isinstance(found, NoPanel):
        known = await parties(work, invited(pool.quotas))
        names = {code: row["names"] for code, row in known.items()}
        waiting = pool.waiting_for_clearance
        return QuotasCannotBeMet(found.obstacles, found.relaxations, waiting, names)
    return await conclude_selection(work, held, pool, found, AT_ONCE)


async def conclude_selection(
    work: Work, held: Stored, pool: Pool, found: Selection, how: HowMade
) -> list[Event]:
    """Offer the seats to the chosen, from the pool as it is while the call is held; `how` it was
    made is announced with it.

    Who was nominated late waits behind all who were in time, and who was not cleared yet in the
    place that is theirs."""
    call_id = held["id"]
    concluded = {"selected_at": work.now, "pool_digest": pool.digest}
    concluded["version"] = held["version"] + 1
    await work.connection.execute(call.update().where(call.c.id == call_id).values(**concluded))
    submitted = {row["id"]: row for row in await nominations_of(work, call_id, ["submitted"])}
    inside = {one.nomination_id for one in pool.candidates}
    aside = [row for row in submitted.values() if row["id"] not in inside]
    figures = {**_figures(held, pool, found, aside), **how.figures()}
    await work.connection.execute(selection.insert().values(**figures))
    outside = dict.fromkeys((one["id"] for one in aside), await why_not_in_pool(work, held))
    await keep_reasons(work, how, pool, found, outside)
    return [
        *await _seat(work, held, found, submitted),
        *await move_all(work, aside, NominationState.WAITLISTED),
        selection_concluded({**held, **concluded}, figures),
        *await _announcements(work, held, pool, found, aside),
        *await question_viability(work, {**held, **concluded}),
    ]


def what_forbids_selecting(work: Work, held: Stored, activity: Stored) -> Refused | None:
    """Why a call is not selected now, if so."""
    if held["ended_at"] is not None:
        return CallHasEnded()
    if held["selected_at"] is not None:
        return AlreadySelected()
    if has_begun(work, activity):
        return ActivityIsOver()
    return CallIsStillOpen() if work.now <= held["deadline_at"] else None


async def _seat(
    work: Work, held: Stored, found: Selection, rows: Mapping[UUID, Stored]
) -> list[Event]:
    chosen = [rows[one.nomination_id] for one in found.chosen]
    waiting = [rows[one.nomination_id] for one in found.waiting]
    selected = await move_all(work, chosen, NominationState.SELECTED)
    waitlisted = await move_all(work, waiting, NominationState.WAITLISTED)
    seats = [Seat(number, row) for number, row in enumerate(chosen, start=1)]
    offered = await offer_seats(work, held, seats) if seats else []
    return [*selected, *offered, *waitlisted]


def _figures(held: Stored, pool: Pool, found: Selection, aside: Collection[Stored]) -> Stored:
    return {
        "call_id": held["id"],
        "seats": held["seats"],
        "nominated": len(pool.candidates) + len(aside),
        "selected": len(found.chosen),
        "waitlisted": len(found.waiting) + len(aside),
    }


async def _announcements(
    work: Work, held: Stored, pool: Pool, found: Selection, aside: Collection[Stored]
) -> list[OutcomeAnnounced]:
    activity = await known_activity(work, held["activity_id"])
    points = await focal_points(work, held["project_id"], invited(pool.quotas))
    selected = Counter(one.party for one in found.chosen)
    waitlisted = Counter([*(one.party for one in found.waiting), *(one["party"] for one in aside)])
    return [
        OutcomeAnnounced(
            selected=selected[told["party"]], waitlisted=waitlisted[told["party"]], **told
        )
        for told in to_each(work, held, activity, points)
    ]
