"""What focal points are told about a call: one event for each holder and deputy."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration import DeadlineExtended, FocalPointInvited
from shared.ids import new_id

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
    """Whom to tell, of what, how openly, and where to look."""
    return [
        {
            "call_id": call["id"],
            "activity_id": call["activity_id"],
            "party": code,
            "person_id": person_id,
            "reference": call["reference"],
            "visibility": activity["visibility"],
            "link": work.links.page(f"calls/{call['id']}/page"),
        }
        for code, person_ids in sorted(points.items())
        for person_id in person_ids
    ]
