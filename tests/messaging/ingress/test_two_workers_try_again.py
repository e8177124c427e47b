"""What waited is carried out once and answered once, however many workers look at it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from shared.context import Context, Outcome, Work
from shared.contracts import Claim, Fact
from shared.contracts.external import ExternalAttendanceRecorded
from shared.contracts.ingress import IngressEventAccepted, IngressEventRefused
from shared.contracts.registration import SeatFreed
from shared.messaging import deferred as setbacks
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.reactions import Reactions, each, external
from shared.messaging.transport import Delivery, Message
from shared.outsiders import outsider
from shared.refusals import HeldForPerson, NotYetKnown
from shared.tables import deferred, inbox
from shared.worker import Worker
from tests.messaging.handing import staged_bodies
from tests.messaging.ingress.sent import ATTENDANCE, structured
from tests.messaging.ingress.test_a_flood_beside_real_work import answers, mark
from tests.messaging.rig import Rig, effect, freed_seat, whatever_the_transport


class Door:
    """Scheduling with a person at the door, who has not come yet."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.opens = False

    async def note_attendance(
        self, work: Work, claim: Claim[ExternalAttendanceRecorded]
    ) -> Outcome:
        """The effect of one mark, once the door is open."""
        if not self.opens:
            raise HeldForPerson
        await work.connection.execute(effect.insert().values(what=claim.event.officer))
        return None

    async def note_seat(self, work: Work, fact: Fact[SeatFreed]) -> Outcome:
        """The effect of a freed seat, once the door is open."""
        if not self.opens:
            raise NotYetKnown("door")
        await work.connection.execute(effect.insert().values(what=str(fact.event.offer_id)))
        return None

    async def opens_for_what_waits(self) -> None:
        """Somebody has come: all that waited is due."""
        self.opens = True
        due = {"state": "waiting", "due_at": self.rig.listener.clock.machine()}
        async with self.rig.listener.database.writing() as connection:
            await connection.execute(deferred.update().values(**due))


@pytest_asyncio.fixture
async def door(rig: Rig) -> Door:
    """One system sends attendance, and seats are freed."""
    made = Door(rig)
    rig.reactions = Reactions(
        "scheduling",
        [
            each(SeatFreed, made.note_seat),
            external(ExternalAttendanceRecorded, made.note_attendance),
        ],
    )
    row = {"code": "jo-hr", "parties": ["JO"], "sends": [ATTENDANCE], "receives": []}
    async with rig.listener.database.writing() as connection:
        state = {"state": "active", "key_digest": None, "sequence": 1}
        await connection.execute(outsider.insert().values(**row, **state))
    return made


async def arrives(rig: Rig, said: Any) -> None:
    """Have one mark arrive."""
    await Dispatcher(rig.listener, rig.reactions).dispatch(Delivery(structured(said)))


async def two_workers_try(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked for what is due before either begins."""
    looked, due_letters = asyncio.Barrier(2), setbacks.due_letters

    async def look_together(context: Context) -> Sequence[Any]:
        found = await due_letters(context)
        await looked.wait()
        return found

    monkeypatch.setattr(setbacks, "due_letters", look_together)
    workers = [Worker(rig.listener, rig.transport, rig.reactions, {}) for _ in range(2)]
    await asyncio.gather(*(worker._try_deferred() for worker in workers))


@whatever_the_transport
async def test_two_workers_answer_what_was_held_once(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        await arrives(door.rig, mark(number))
    held = len(await answers(door.rig))
    await door.opens_for_what_waits()

    await two_workers_try(door.rig, monkeypatch)

    told = sorted((await answers(door.rig))[held:], key=lambda one: one.subject)
    assert [(type(one), one.subject, one.repeated) for one in told] == [
        (IngressEventAccepted, f"a-{number}", False) for number in range(5)
    ]
    assert await door.rig.effects() == [f"EMP-{number}" for number in range(5)]
    assert await door.rig.letters() == []


@whatever_the_transport
async def test_two_workers_refuse_what_waited_once(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with door.rig.listener.database.writing() as connection:
        row = (await connection.execute(select(outsider))).one()
        await connection.execute(outsider.delete())
    await arrives(door.rig, mark(1))
    async with door.rig.listener.database.writing() as connection:
        await connection.execute(outsider.insert().values(**{**row._mapping, "state": "suspended"}))
    await door.opens_for_what_waits()

    await two_workers_try(door.rig, monkeypatch)

    assert [type(one) for one in await answers(door.rig)] == [IngressEventRefused]
    assert await door.rig.letters() == []


@whatever_the_transport
async def test_two_workers_try_an_event_that_waited_once(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = [freed_seat() for _ in range(5)]
    await door.rig.tell(*seats)
    for body in await staged_bodies(door.rig):
        message = Message(SeatFreed.type, body)
        await Dispatcher(door.rig.listener, door.rig.reactions).dispatch(Delivery(message))
    waiting = len(await door.rig.letters())
    await door.opens_for_what_waits()

    await two_workers_try(door.rig, monkeypatch)

    assert waiting == 5
    assert await door.rig.effects() == sorted(str(seat.offer_id) for seat in seats)
    assert await door.rig.letters() == []
    assert len(await door.rig.rows(inbox)) == 5
