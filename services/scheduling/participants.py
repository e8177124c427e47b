"""Whom a session can be for: officers nominated for its activity, and nobody marked is left out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from shared.context import Work
from shared.refusals import Fault, NotYetKnown, Refused

from .loading import marks_of, persons_by_id
from .refusals import AttendanceIsWrittenDown, ParticipantIsNotNominated
from .tables import nomination


async def objection_to_participants(
    work: Work, activity: Row[Any], session_id: UUID, wanted: Sequence[UUID] | None
) -> Refused | None:
    """Why a session cannot be for these officers; None stands for everyone enrolled."""
    if wanted is None:
        return None
    strangers = set(wanted) - await _nominated(work, activity.id)
    if strangers - set(await persons_by_id(work, strangers)):
        return NotYetKnown("participant")
    if strangers:
        return ParticipantIsNotNominated(
            faults=[
                Fault(f"participant_ids.{place}", "participant-is-not-nominated", "Not nominated.")
                for place, one in enumerate(wanted)
                if one in strangers
            ]
        )
    marked = {mark.person_id for mark in await marks_of(work, [session_id])}
    return AttendanceIsWrittenDown() if marked - set(wanted) else None


async def _nominated(work: Work, activity_id: UUID) -> set[UUID]:
    query = select(nomination.c.person_id).where(nomination.c.activity_id == activity_id)
    return {row.person_id for row in await work.connection.execute(query)}
