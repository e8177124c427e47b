"""Keeps what scheduling says of activities; letters that say otherwise are void from then on."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.scheduling import ActivityDescribed
from shared.keeping import keep_newest

from ..loading import hold_calls, several
from ..tables import activity, call, visa_letter
from .visa_letters import DETAILS_CHANGED, void_letters

PRINTED = ("names", "reference", "starts_on", "ends_on", "city", "country")


async def keep_activities(work: Work, facts: Sequence[Fact[ActivityDescribed]]) -> None:
    """Newest: activities. A letter that names other days or another place is void, and so is one
    that invites to what does not take place."""
    ids = [fact.event.activity_id for fact in facts]
    before = await _printed(work, ids)
    await keep_newest(work, activity, facts)
    after = await _printed(work, ids)
    changed = [one for one, said in before.items() if after[one] != said]
    if changed:
        calls = await several(work, select(call.c.id).where(call.c.activity_id.in_(changed)))
        await hold_calls(work, [row["id"] for row in calls])
        await void_letters(work, visa_letter.c.activity_id.in_(changed), DETAILS_CHANGED)


async def _printed(work: Work, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Any]]:
    rows = await several(work, select(activity).where(activity.c.id.in_(ids)))
    return {
        row["id"]: [*(row[name] for name in PRINTED), row["state"] == "cancelled"] for row in rows
    }
