"""What events cause in registration beyond the copies it keeps."""

from typing import Any

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import SeatFreed
from shared.database import insert_new
from shared.refusals import NotFound, NotYetKnown

from .loading import locked_call
from .seats.freed import offer_free_seats
from .tables import erasure_receipt


async def when_seat_is_freed_offer_it_to_the_next_who_keeps_every_quota(
    work: Work, fact: Fact[SeatFreed]
) -> Outcome:
    """Each: the waiting list moves up, or the seat is held."""
    try:
        call = await locked_call(work, fact.event.call_id)
    except NotFound:
        raise NotYetKnown("call") from None
    return await offer_free_seats(work, call)


async def when_a_service_has_forgotten_note_its_receipt(work: Work, fact: Fact[Any]) -> None:
    """Each: a service says that it erased a person."""
    receipt = {
        "person_id": fact.event.person_id,
        "service": fact.type.partition(".")[0],
        "confirmed_at": fact.time,
    }
    await insert_new(work.connection, erasure_receipt, [receipt])
