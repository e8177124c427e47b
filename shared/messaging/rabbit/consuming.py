"""Consuming a service's queues: until told to stop, however often the broker goes away."""

import asyncio
from contextlib import suppress

import structlog

from shared.database import is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.transport import DELIVERY_LIMIT, Consume, Delivery

from .link import SECONDS_BETWEEN_TRIES, Link
from .topology import dead_letters_of, queues_read_by
from .users import prefix_of

SECONDS_BETWEEN_LOOKS = 5.0
LOOKS_BEFORE_LOST = 2
log = structlog.get_logger()


async def keep_consuming(url: str, service: str, consume: Consume, stop: asyncio.Event) -> None:
    """Hand out a service's messages, and what the broker gave up.

    The library comes back by itself after most faults; where it does not, the link is made anew.
    """
    handlers = {
        **{queue: _patiently(consume, stop) for queue in queues_read_by(service)},
        dead_letters_of(service): _given_up(consume, stop),
    }
    away = False
    while not stop.is_set():
        link = Link(url, prefix_of(url, service))
        for queue, handle in handlers.items():
            link.subscribe(queue, handle)
        try:
            await link.open()
            log.info("consuming", service=service)
            away = False
            await _until_lost(link, len(handlers), stop)
        except Exception as error:
            if not away:
                log.warning("broker_is_away", service=service, error=type(error).__name__)
            away = True
        finally:
            await link.close()
        await _rest(stop, SECONDS_BETWEEN_TRIES)


async def _until_lost(link: Link, wanted: int, stop: asyncio.Event) -> None:
    missing = 0
    while missing < LOOKS_BEFORE_LOST:
        await _rest(stop, SECONDS_BETWEEN_LOOKS)
        if stop.is_set():
            return
        missing = missing + 1 if link.consumers < wanted else 0
    log.warning("consumers_lost", left=link.consumers)


def _patiently(consume: Consume, stop: asyncio.Event) -> Consume:
    """Keep a delivery in hand while the database is away: with the prefetch full, consuming
    stops. Nothing new is begun once it is time to stop."""

    async def handle(delivery: Delivery) -> None:
        if stop.is_set():
            raise asyncio.CancelledError
        tries = 0
        while True:
            try:
                await consume(delivery)
            except Exception as error:
                if not is_unavailable(error):
                    log.exception("delivery_given_up", event_type=delivery.message.type)
                    raise
                if not tries:
                    log.warning("database_is_away", event_type=delivery.message.type)
            else:
                crash_point("before-acknowledging")
                return
            tries += 1
            await _wait_in_hand(stop)

    return handle


def _given_up(consume: Consume, stop: asyncio.Event) -> Consume:
    """What the broker gave up goes to the letters set aside, as one handed out too often. Here
    is its last place: it is kept in hand whatever goes wrong."""

    async def handle(delivery: Delivery) -> None:
        tries = 0
        while True:
            try:
                return await consume(Delivery(delivery.message, DELIVERY_LIMIT + 1))
            except Exception as error:
                if not tries:
                    log.warning("dead_letter_not_kept", error=type(error).__name__)
            tries += 1
            await _wait_in_hand(stop)

    return handle


async def _wait_in_hand(stop: asyncio.Event) -> None:
    """A moment. When it is time to stop, a delivery is left unanswered and goes back as the
    connection closes: returned now, it would be handed out here again."""
    await _rest(stop, SECONDS_BETWEEN_TRIES)
    if stop.is_set():
        raise asyncio.CancelledError


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
