"""What focal points and coordinators are told of one nomination: one event for each of them."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from shared.context import Work
from shared.contracts.registration import NomineeNotice
from shared.focal_points import focal_points

from ..loading import Stored, known_activity

N = TypeVar("N", bound=NomineeNotice)


async def tell_focal_points(
    work: Work, kind: type[N], call: Stored, nominated: Stored, **told: Any
) -> list[N]:
    """Everybody who holds the channel of the nominee's party."""
    points = await focal_points(work, call["project_id"], [nominated["party"]])
    recipients = points.get(nominated["party"], ())
    return await tell(work, kind, call, nominated, recipients, **told)


async def tell(
    work: Work, kind: type[N], call: Stored, nominated: Stored, to: Sequence[UUID], **told: Any
) -> list[N]:
    """These persons. Raises `NotYetKnown` for the activity."""
    activity = await known_activity(work, call["activity_id"])
    common = {
        "nomination_id": nominated["id"],
        "call_id": call["id"],
        "activity_id": call["activity_id"],
        "party": nominated["party"],
        "person_id": nominated["person_id"],
        "officer_reference": nominated["officer_reference"],
        "reference": call["reference"],
        "visibility": activity["visibility"],
        "link": work.links.page(f"calls/{call['id']}/page"),
    }
    return [kind(**{**common, **told, "recipient_id": one}) for one in to]
