"""Amending a call while nobody is selected: a later deadline, other bounds, further parties."""

from uuid import UUID

from shared.calendar import PlannedTime
from shared.context import Outcome, Work
from shared.contracts import Event
from shared.focal_points import focal_points
from shared.refusals import Fault, Refused
from shared.rights import require_staff
from shared.web.versions import VersionHasMoved

from ..board.loading import has_board
from ..bodies.calls import AmendCall
from ..calls.announcements import extensions, invitations
from ..calls.quotas import (
    invited,
    quota_rows,
    quotas_asked,
    quotas_of,
)
from ..calls.terms import (
    not_possible,
    planned_deadline,
    points_of,
    require_decision_to_come,
    terms,
    what_is_wrong_with,
)
from ..calls.viability import plan_look
from ..facts import call_changed, deadline_of
from ..loading import (
    Stored,
    has_begun,
    known_activity,
    locked_call,
)
from ..refusals.calls import (
    ActivityIsOver,
    AlreadySelected,
    CallHasEnded,
    MethodStays,
    PartyStaysInvited,
)
from ..selecting.seeds import commit_seed
from ..tables import call, call_quota
from .imports import judge_anew


async def amend_call(work: Work, call_id: UUID, asked: AmendCall, version: int) -> Outcome:
    """A call is as it is asked for now. Its rules bind who is nominated from now on, and files that
    wait are held against it anew; focal points are told of a later deadline, those of new parties
    are invited."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    activity = await known_activity(work, held["activity_id"])
    wrong = _check(work, held, activity, version)
    if wrong:
        return wrong
    if asked.method != held["method"] and (
        work.now > held["deadline_at"] or await has_board(work, call_id)
    ):
        return MethodStays()
    before = invited(await quotas_of(work, call_id))
    new = [one.party for one in asked.parties if one.party not in before]
    if len(new) + len(before) > len({one.party for one in asked.parties}):
        return PartyStaysInvited(faults=[Fault("parties", "missing", "a party is left out")])
    quotas = quotas_asked(asked)
    wrong = await what_is_wrong_with(work, held["project_id"], asked, quotas, new)
    if wrong:
        return wrong
    require_decision_to_come(work, activity, asked, held["decide_on"])
    deadline = _deadline(work, held, activity, asked)
    asked_for = terms(activity, asked, deadline)
    row = {**held, **asked_for, "below_minimum_at": None, "version": version + 1}
    points = await points_of(work, held["project_id"], asked, new)
    await work.connection.execute(call.update().where(call.c.id == call_id).values(**row))
    await work.connection.execute(call_quota.delete().where(call_quota.c.call_id == call_id))
    await plan_look(work, row, activity)
    bounds = [one.quota for one in quotas]
    await work.connection.execute(call_quota.insert(), quota_rows(call_id, asked, bounds))
    await judge_anew(work, call_id)
    told: list[Event] = []
    if row["deadline_at"] > held["deadline_at"]:
        known = await focal_points(work, held["project_id"], before)
        told = extensions(work, row, activity, known)
    committed = await commit_seed(work, row) if asked.method == "lottery" else []
    return [call_changed(row, bounds), *committed, *told, *invitations(work, row, activity, points)]


def _check(work: Work, held: Stored, activity: Stored, version: int) -> Refused | None:
    if held["version"] != version:
        return VersionHasMoved()
    if held["ended_at"] is not None:
        return CallHasEnded()
    if held["selected_at"] is not None:
        return AlreadySelected()
    return ActivityIsOver() if has_begun(work, activity) else None


def _deadline(work: Work, held: Stored, activity: Stored, asked: AmendCall) -> PlannedTime:
    """The same, which may have passed, or a later one. Raises `DeadlineIsNotPossible`."""
    known = deadline_of(held)
    if (asked.deadline.local, asked.deadline.zone) == (known.local, known.zone):
        return PlannedTime(known.local, known.zone, known.instant)
    later = planned_deadline(work, activity, asked.deadline)
    if later.instant < held["deadline_at"]:
        raise not_possible("earlier", "a deadline is only extended")
    return later
