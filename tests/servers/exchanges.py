"""The exchanges of an installation, in a virtual host of tests that nobody has prepared."""

from aio_pika.abc import AbstractChannel

from shared.messaging.rabbit.exchanges import EXCHANGES, RECEPTION, UNOWNED, queue_arguments


async def declare_exchanges(channel: AbstractChannel) -> None:
    """Make them, and the queue where unowned messages wait, as `deploy.broker` does."""
    for name, described in EXCHANGES.items():
        await channel.declare_exchange(
            name, described.kind, durable=True, arguments=dict(described.arguments)
        )
    unowned = await channel.declare_queue(
        UNOWNED, durable=True, arguments=queue_arguments(RECEPTION)
    )
    await unowned.bind(UNOWNED)
