"""Opening a call: parties are asked to nominate officers for an activity (coordinator)."""

from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.database import insert_new
from shared.rights import require_staff

from ..bodies.calls import OpenCall
from ..calls.announcements import invitations
from ..calls.quotas import quota_rows, quotas_asked
from ..calls.terms import (
    planned_deadline,
    points_of,
    require_decision_to_come,
    terms,
    what_is_wrong_with,
)
from ..calls.viability import plan_look
from ..facts import call_opened
from ..loading import first, has_begun, known_activity
from ..refusals.calls import ActivityIsOver, CallExists
from ..selecting.seeds import commit_seed
from ..tables import call, call_quota


async def open_call(work: Work, call_id: UUID, asked: OpenCall) -> Outcome:
    """Open an activity to nominations, and invite every focal point of the parties."""
    activity = await known_activity(work, asked.activity_id)
    await require_staff(work, activity["project_id"], "coordinator")
    if has_begun(work, activity):
        return ActivityIsOver()
    if await first(work, select(call.c.id).where(call.c.activity_id == asked.activity_id)):
        return CallExists()
    quotas = quotas_asked(asked)
    parties = [one.party for one in asked.parties]
    wrong = await what_is_wrong_with(work, activity["project_id"], asked, quotas, parties)
    if wrong:
        return wrong
    require_decision_to_come(work, activity, asked)
    deadline = planned_deadline(work, activity, asked.deadline)
    opened = {
        "id": call_id,
        "activity_id": activity["id"],
        "project_id": activity["project_id"],
        "reference": activity["reference"],
        **terms(activity, asked, deadline),
        "opened_at": work.now,
        "selected_at": None,
        "pool_digest": None,
        "ended_at": None,
        "version": 1,
    }
    points = await points_of(work, activity["project_id"], asked, parties)
    if not await insert_new(work.connection, call, [opened]):
        return CallExists()
    await plan_look(work, opened, activity)
    bounds = [one.quota for one in quotas]
    await work.connection.execute(call_quota.insert(), quota_rows(call_id, asked, bounds))
    committed = await commit_seed(work, opened) if asked.method == "lottery" else []
    return [call_opened(opened, bounds), *committed, *invitations(work, opened, activity, points)]
