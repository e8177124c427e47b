"""How long a freed seat takes to pass on where thousands wait and nearly all are passed over."""

from collections.abc import Mapping
from time import perf_counter

from services.registration.tables import offer
from shared.contracts.registration import SeatFreed
from tests.benchmarks.registration.large_call import WOMEN_WHO_WAIT, LargeCall

PASSINGS = ("promotion", "holding")


async def seconds_to_pass_seats_on(call: LargeCall) -> Mapping[str, list[float]]:
    """Women give their seats back one after the other. At first a woman at the end of the list has
    each, then there is none left and the seats are held."""
    seconds: dict[str, list[float]] = {name: [] for name in PASSINGS}
    registration = call.course.registration
    for number, seat in enumerate(call.seats_of_women[: WOMEN_WHO_WAIT + 3]):
        async with registration.database.writing() as connection:
            await connection.execute(
                offer.update().where(offer.c.id == seat.offer_id).values(state="declined")
            )
            await connection.execute(seat.no_longer_selected())
        freed = SeatFreed(
            call_id=call.call_id, offer_id=seat.offer_id, party=seat.party, reason="declined"
        )
        began = perf_counter()
        await registration.hears(freed)
        is_promoted = number < WOMEN_WHO_WAIT
        seconds["promotion" if is_promoted else "holding"].append(perf_counter() - began)
        call.held_seat = seat.number
    return seconds
