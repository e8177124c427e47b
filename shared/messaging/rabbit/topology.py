"""What stands in the broker: exchanges for all, and a queue for each service with its bindings.

Exchanges belong to the installation and are declared by its administrator. A service declares its
own two queues when it migrates, and at no other time.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass

import aio_pika
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import AMQPError, ChannelNotFoundEntity
from aiormq.exceptions import ChannelAccessRefused
from sqlalchemy import select

from shared.contracts import CONTRACTS
from shared.database import Database
from shared.messaging.transport import Exchange
from shared.tables import broker_binding

from .exchanges import DEAD_LETTERS, RECEPTION, UNOWNED, queue_arguments

ENDLESS = 1_000_000_000
"""The delivery limit of dead letters: a broker that has a limit of its own would drop them."""
SECONDS_TO_CONNECT = 15


class BrokerIsNotPrepared(Exception):
    """The virtual host, the exchanges or this service's rights are missing in the broker."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"{missing}; has the broker been prepared (python -m deploy.broker)?")


@dataclass(frozen=True, slots=True)
class Binding:
    """A queue of a service receives what one exchange gets under a routing key."""

    exchange: str
    routing_key: str


def queue_of(service: str) -> str:
    """The queue of a service: what it has to deal with."""
    return service


def queues_read_by(service: str) -> tuple[str, ...]:
    """The queues a service deals with: its own, and for one also what nobody owns."""
    return (queue_of(service), UNOWNED) if service == RECEPTION else (queue_of(service),)


def dead_letters_of(service: str) -> str:
    """The queue that takes what the broker gave up handing to a service."""
    return f"{service}.dead"


def bindings_of(types: Iterable[str]) -> frozenset[Binding]:
    """How a service that listens to these event types is bound."""
    return frozenset(_binding(event_type) for event_type in types)


async def declare_queues(
    broker_url: str, database: Database, service: str, types: Collection[str]
) -> None:
    """Make the queues of a service, bind them to what it listens to, and to nothing else any more.

    Raises `BrokerIsNotPrepared`.
    """
    try:
        connection = await aio_pika.connect(broker_url, timeout=SECONDS_TO_CONNECT)
    except (AMQPError, OSError, TimeoutError) as refusal:
        raise BrokerIsNotPrepared(f"no connection ({type(refusal).__name__})") from refusal
    async with connection:
        try:
            await _declare(connection, database, service, bindings_of(types))
        except (ChannelNotFoundEntity, ChannelAccessRefused) as missing:
            raise BrokerIsNotPrepared(str(missing)) from missing


async def _declare(
    connection: AbstractConnection, database: Database, service: str, wanted: frozenset[Binding]
) -> None:
    async with connection.channel() as channel:
        queue = await channel.declare_queue(
            queue_of(service), durable=True, arguments=queue_arguments(service)
        )
        dead = await channel.declare_queue(
            dead_letters_of(service),
            durable=True,
            arguments={"x-queue-type": "quorum", "x-delivery-limit": ENDLESS},
        )
        await dead.bind(DEAD_LETTERS, service)
        known = await _known_bindings(database)
        await _note(database, wanted | known)
        for binding in sorted(wanted, key=lambda one: one.routing_key):
            await queue.bind(binding.exchange, binding.routing_key)
    for binding in known - wanted:
        await _unbind(connection, queue_of(service), binding)
    await _note(database, wanted)


async def _unbind(connection: AbstractConnection, queue: str, binding: Binding) -> None:
    """Where the right to read it was withdrawn, the administrator has unbound it with that."""
    with suppress(ChannelAccessRefused):
        async with connection.channel() as channel:
            bound = await channel.get_queue(queue, ensure=False)
            await bound.unbind(binding.exchange, binding.routing_key)


def _binding(event_type: str) -> Binding:
    if event_type.startswith("external."):
        return Binding(Exchange.INGRESS, f"{event_type}.*")
    private = event_type in CONTRACTS and CONTRACTS[event_type].private
    return Binding(Exchange.PRIVATE if private else Exchange.INTERNAL, event_type)


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
