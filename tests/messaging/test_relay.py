"""The relay packs what travels together, and forgets only what was confirmed."""

from collections.abc import Sequence

from sqlalchemy import select

from shared.contracts.registration import PersonDetailsChanged
from shared.ids import new_id
from shared.messaging.relay import ROWS_PER_TURN, relay_turn
from shared.messaging.transport import PACK_BYTES, PACK_EVENTS, Exchange, Message, split
from shared.tables import outbox
from tests.messaging.rig import Rig, described, freed_seat, whatever_the_transport


class Listening:
    """A transport that notes what it is handed, and confirms what it is told to."""

    def __init__(self, confirms: Sequence[bool] = ()) -> None:
        self.messages: list[Message] = []
        self._confirms = confirms

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        self.messages += messages
        return self._confirms or [True] * len(messages)

    async def consume(self, *_: object) -> None:
        raise AssertionError

    async def queued(self, service: str) -> int:
        return 0


async def remaining(rig: Rig) -> int:
    """Rows left in the teller's outbox."""
    async with rig.teller.database.reading() as connection:
        return len((await connection.execute(select(outbox.c.position))).all())


@whatever_the_transport
async def test_events_of_one_type_travel_in_packs_of_fifty_at_most(rig: Rig) -> None:
    await rig.tell(*[freed_seat() for _ in range(120)], described("JO"))
    transport = Listening()

    await relay_turn(rig.teller, transport)

    sizes = sorted(len(split(message.body)) for message in transport.messages)
    assert sizes == [1, 20, PACK_EVENTS, PACK_EVENTS]


@whatever_the_transport
async def test_a_pack_is_never_larger_than_sixty_four_kilobytes(rig: Rig) -> None:
    await rig.tell(*[described(f"P{n:02}X", "x" * 9_000) for n in range(20)])
    transport = Listening()

    await relay_turn(rig.teller, transport)

    assert [len(split(message.body)) for message in transport.messages] == [6, 6, 6, 2]
    assert all(len(message.body) <= PACK_BYTES for message in transport.messages)


@whatever_the_transport
async def test_private_events_travel_alone(rig: Rig) -> None:
    await rig.tell(*[PersonDetailsChanged(person_id=new_id()) for _ in range(3)])
    transport = Listening()

    await relay_turn(rig.teller, transport)

    alone = (Exchange.PRIVATE, 1)
    assert [(m.exchange, len(split(m.body))) for m in transport.messages] == [alone] * 3


@whatever_the_transport
async def test_what_was_not_confirmed_is_published_again(rig: Rig) -> None:
    await rig.tell(freed_seat(), described("JO"))

    await relay_turn(rig.teller, Listening(confirms=[True, False]))
    left = await remaining(rig)
    again = Listening()
    await relay_turn(rig.teller, again)

    assert left == 1
    assert [message.type for message in again.messages] == ["registration.party.described.v1"]
    assert await remaining(rig) == 0


async def test_rows_that_nobody_takes_do_not_hold_up_those_behind_them(rig: Rig) -> None:
    await rig.tell(*[freed_seat() for _ in range(ROWS_PER_TURN + 1)])
    await rig.tell(described("JO"))
    await rig.bind("scheduling", {"registration.party.described.v1"})

    confirmed = await rig.relay()

    assert confirmed == 1
    assert await rig.transport.queued("scheduling") == 1
    assert await remaining(rig) == ROWS_PER_TURN + 1


async def test_a_type_this_version_does_not_know_holds_up_nothing(rig: Rig) -> None:
    await rig.tell(freed_seat(), described("JO"))
    async with rig.teller.database.writing() as connection:
        unknown = outbox.update().where(outbox.c.type == "registration.seat.freed.v1")
        await connection.execute(unknown.values(type="registration.seat.renamed.v9"))

    confirmed = await rig.relay()

    assert confirmed == 1
    assert await remaining(rig) == 1
