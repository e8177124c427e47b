"""Hands messages to the listener past any transport, and lets delays be over."""

from typing import Any

from sqlalchemy import select

from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery, Message
from shared.tables import deferred, outbox
from tests.messaging.rig import REACTIONS, Rig


async def staged_bodies(rig: Rig) -> list[bytes]:
    """The encoded events in the teller's outbox."""
    async with rig.teller.database.reading() as connection:
        rows = await connection.execute(select(outbox.c.body).order_by(outbox.c.position))
        return [row.body for row in rows]


async def dispatched(rig: Rig, event_type: str, body: bytes, deliveries: int = 1) -> None:
    """Hand one message to the listener."""
    message = Message(event_type, body)
    await Dispatcher(rig.listener, REACTIONS).dispatch(Delivery(message, deliveries))


async def make_due(rig: Rig, **values: Any) -> None:
    """Let the delays of all that waits be over."""
    async with rig.listener.database.writing() as connection:
        now = rig.listener.clock.machine()
        await connection.execute(deferred.update().values(due_at=now, **values))
    rig.listener.signals.deferred.set()
