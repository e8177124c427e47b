"""The calls a reader may see, as the first page lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shared.context import Work

from ..loading import Stored, several
from ..tables import activity
from .calls import CallShown, latest_calls

SHOWN = 200


@dataclass(frozen=True)
class CallListed:
    """A call and what it is for."""

    call: CallShown
    names: Mapping[str, str]
    activity: Stored


async def list_calls_with_activities(work: Work) -> Sequence[CallListed]:
    """The latest calls, newest first."""
    calls = await latest_calls(work, SHOWN)
    ids = [one.activity_id for one in calls]
    known = {
        row["id"]: row
        for row in await several(work, select(activity).where(activity.c.id.in_(ids)))
    }
    return [
        CallListed(one, known[one.activity_id]["names"], known[one.activity_id]) for one in calls
    ]
