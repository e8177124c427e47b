"""What stands in the broker: exchanges for all, and a queue for each service with its bindings.

Exchanges belong to the installation and are declared by its administrator. A service declares its
own two queues when it migrates, and at no other time.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import aio_pika
from aio_pika.abc import AbstractChannel
from aio_pika.exceptions import ChannelNotFoundEntity
from pamqp.common import FieldTable
from sqlalchemy import select

from shared.contracts import CONTRACTS
from shared.database import Database
from shared.messaging.transport import Exchange
from shared.tables import broker_binding

DEAD_LETTERS = "dead"
"""The exchange that takes what the broker gives up: too often handed out, or rejected."""
UNOWNED = "ingress.unowned"
"""The exchange and queue of what outsiders send and no service owns; registration refuses it."""
DELIVERY_LIMIT = 20
SECONDS_TO_CONNECT = 15


class ExchangesAreMissing(Exception):
    """The administrator has not made the installation's exchanges in this broker yet."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A queue of a service receives what one exchange gets under a routing key."""

    exchange: str
    routing_key: str


def queue_of(service: str) -> str:
    """The queue of a service: what it has to deal with."""
    return service


def dead_letters_of(service: str) -> str:
    """The queue that takes what the broker gave up handing to a service."""
    return f"{service}.dead"


def bindings_of(types: Iterable[str]) -> frozenset[Binding]:
    """How a service that listens to these event types is bound."""
    return frozenset(_binding(event_type) for event_type in types)


async def declare_exchanges(channel: AbstractChannel) -> None:
    """Make the exchanges of an installation, and where unowned messages wait (administrator)."""
    for exchange in (Exchange.INTERNAL, Exchange.PRIVATE, Exchange.PUBLIC):
        await channel.declare_exchange(exchange, "topic", durable=True)
    await channel.declare_exchange(UNOWNED, "fanout", durable=True)
    await channel.declare_exchange(
        Exchange.INGRESS, "topic", durable=True, arguments={"alternate-exchange": UNOWNED}
    )
    await channel.declare_exchange(DEAD_LETTERS, "direct", durable=True)


async def declare_queues(
    broker_url: str, database: Database, service: str, types: Collection[str]
) -> None:
    """Make the queues of a service, bind them to what it listens to, and to nothing else any more.

    Raises `ExchangesAreMissing`.
    """
    connection = await aio_pika.connect(broker_url, timeout=SECONDS_TO_CONNECT)
    async with connection:
        channel = await connection.channel()
        try:
            queue = await channel.declare_queue(
                queue_of(service), durable=True, arguments=_queue_arguments(service)
            )
            dead = await channel.declare_queue(
                dead_letters_of(service), durable=True, arguments={"x-queue-type": "quorum"}
            )
            await dead.bind(DEAD_LETTERS, service)
            wanted = bindings_of(types)
            known = await _known_bindings(database)
            await _note(database, wanted | known)
            for binding in sorted(wanted, key=lambda one: one.routing_key):
                await queue.bind(binding.exchange, binding.routing_key)
            for binding in known - wanted:
                await queue.unbind(binding.exchange, binding.routing_key)
            await _note(database, wanted)
        except ChannelNotFoundEntity as missing:
            raise ExchangesAreMissing(str(missing)) from missing


def _binding(event_type: str) -> Binding:
    if event_type.startswith("external."):
        return Binding(Exchange.INGRESS, f"{event_type}.*")
    private = event_type in CONTRACTS and CONTRACTS[event_type].private
    return Binding(Exchange.PRIVATE if private else Exchange.INTERNAL, event_type)


def _queue_arguments(service: str) -> FieldTable:
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_LETTERS,
        "x-dead-letter-routing-key": service,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


async def _known_bindings(database: Database) -> frozenset[Binding]:
    """What earlier migrations bound: AMQP itself can not be asked."""
    async with database.reading() as connection:
        rows = await connection.execute(select(broker_binding))
        return frozenset(Binding(row.exchange, row.routing_key) for row in rows)


async def _note(database: Database, bindings: Iterable[Binding]) -> None:
    rows = [{"exchange": one.exchange, "routing_key": one.routing_key} for one in bindings]
    async with database.writing() as connection:
        await connection.execute(broker_binding.delete())
        if rows:
            await connection.execute(broker_binding.insert(), rows)
