"""What the attendance sheet of a session shows to who keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Work
from shared.refusals import NotFound

from ..loading import session_and_activity
from .activity_page import Seat, read_activity_page


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A session and the officers it concerns."""

    activity: Row[Any]
    session: Row[Any]
    seats: Sequence[Seat]
    is_open: bool
    is_corrected: bool
    """Closed already: a coordinator may still correct it, and says why."""

    def mark(self, seat: Seat) -> str | None:
        """What is written beside an officer."""
        return seat.marks.get(self.session.id)


async def read_sheet_page(work: Work, session_id: UUID) -> SheetPage:
    """The sheet of a session. Raises `NotFound` for who does not keep it."""
    session, activity = await session_and_activity(work, session_id)
    page = await read_activity_page(work, activity.id)
    if session_id not in page.keeps:
        raise NotFound
    has_begun = session_id in page.has_begun
    return SheetPage(
        activity=activity,
        session=session,
        seats=page.concerned(session),
        is_open=activity.state == "planned" and has_begun,
        is_corrected=activity.state == "closed" and has_begun and page.is_coordinated,
    )
