"""What focal points and coordinators are told about a call: one event for each of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration import DeadlineExtended, FocalPointInvited
from shared.ids import new_id

from ..coordinators import coordinators_of
from ..facts import deadline_of

Row = Mapping[str, Any]
Points = Mapping[str, Sequence[UUID]]


def invitations(work: Work, call: Row, activity: Row, points: Points) -> list[Event]:
    """Each is asked to nominate."""
    deadline = deadline_of(call)
    return [
        FocalPointInvited(invitation_id=new_id(), deadline=deadline, **told)
        for told in to_each(work, call, activity, points)
    ]


def extensions(work: Work, call: Row, activity: Row, points: Points) -> list[Event]:
    """Each is told the new deadline."""
    deadline = deadline_of(call)
    return [
        DeadlineExtended(deadline=deadline, **told)
        for told in to_each(work, call, activity, points)
    ]


def to_each(work: Work, call: Row, activity: Row, points: Points) -> list[dict[str, Any]]:
    """Each holder and deputy: whom to tell, of what, how openly, and where to look."""
    return [
        {**_about(work, call, activity), "party": code, "person_id": person_id}
        for code, person_ids in sorted(points.items())
        for person_id in person_ids
    ]


async def to_coordinators(work: Work, call: Row, activity: Row) -> list[dict[str, Any]]:
    """The same for each coordinator of the project, of whom a decision is asked."""
    return [
        {**_about(work, call, activity), "person_id": person_id}
        for person_id in await coordinators_of(work, call["project_id"])
    ]


def _about(work: Work, call: Row, activity: Row) -> dict[str, Any]:
    return {
        "call_id": call["id"],
        "activity_id": call["activity_id"],
        "reference": call["reference"],
        "visibility": activity["visibility"],
        "link": work.links.page(f"calls/{call['id']}/page"),
    }
