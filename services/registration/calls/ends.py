"""A call ends without its activity: who had a seat is told, and each who nominated."""

from collections.abc import Sequence

from sqlalchemy import select

from shared.context import Work
from shared.contracts.registration import EndAnnounced, SeatTakenBack
from shared.focal_points import focal_points

from ..loading import Stored, nominations_of, several
from ..seats.offers import close_offer
from ..seats.taken_back import taken_back
from ..tables import offer
from .announcements import to_each


async def take_back_seats(work: Work, call: Stored, activity: Stored) -> list[SeatTakenBack]:
    """Cancel every offer, live or accepted; the events for those who know of theirs."""
    standing = offer.c.state.in_(("live", "accepted")) & (offer.c.call_id == call["id"])
    rows = await several(work, select(offer).where(standing).order_by(offer.c.seat))
    nominated = {one["id"]: one for one in await nominations_of(work, call["id"])}
    parties = {nominated[row["nomination_id"]]["party"] for row in rows}
    points = await focal_points(work, call["project_id"], parties)
    told = []
    for row in rows:
        await close_offer(work, row, "cancelled")
        mine = nominated[row["nomination_id"]]
        through = row["recipient_id"] != row["person_id"]
        holders = points.get(mine["party"]) or [row["recipient_id"]]
        if row["disclosed_at"] is None:
            continue
        recipient_id = holders[0] if through else row["person_id"]
        told.append(taken_back(work, row, mine, activity, recipient_id, activity_takes_place=False))
    return told


async def announce_end(
    work: Work, call: Stored, activity: Stored, quotas: Sequence[Stored]
) -> list[EndAnnounced]:
    """Each focal point of the parties invited is told."""
    parties = [one["value"] for one in quotas if one["dimension"] == "party"]
    points = await focal_points(work, call["project_id"], parties)
    return [EndAnnounced(**told) for told in to_each(work, call, activity, points)]
