"""What the attendance sheet of a session shows to who keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Work
from shared.refusals import NotFound

from ..loading import session_and_activity, takes_part
from .activity_page import ActivityPage, Seat, read_activity_page


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A session and the officers it concerns."""

    activity: Row[Any]
    session: Row[Any]
    seats: Sequence[Seat]
    is_open: bool

    def mark(self, seat: Seat) -> str | None:
        """What is written beside an officer."""
        return seat.marks.get(self.session.id)


async def read_sheet_page(work: Work, session_id: UUID) -> SheetPage:
    """The sheet of a session. Raises `NotFound` for who does not keep it."""
    session, activity = await session_and_activity(work, session_id)
    page = await read_activity_page(work, activity.id)
    if session_id not in page.keeps:
        raise NotFound
    is_open = activity.state == "planned" and session_id in page.has_begun
    return SheetPage(activity, session, _concerned(page, session), is_open)


def _concerned(page: ActivityPage, session: Row[Any]) -> list[Seat]:
    return [
        seat
        for seats in page.seats.values()
        for seat in seats
        if seat.place.status != "cancelled" and takes_part(session, seat.place.person_id)
    ]
