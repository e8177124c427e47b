"""What a service, or another system, has no right to do is refused by the broker itself."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from aio_pika.abc import AbstractChannel
from aiormq.exceptions import ChannelAccessRefused

from tests.rights.prepared import SERVICES, let_in, migrated, prepared_broker
from tests.rights.wire import bind, bound_to, channel_of, publish, publish_to_queue, read, take
from tests.servers.broker import Broker

Attempt = Callable[[AbstractChannel], Awaitable[object]]
PRIVATE = "registration.person.details_changed.v1"
SEAT = "registration.seat.freed.v1"
NOMINATION = "external.nomination.submitted.v1"
ATTENDANCE = "external.attendance.recorded.v1"


def as_(user: str, what: str, attempt: Attempt) -> object:
    """One line of the tables below."""
    return pytest.param(user, attempt, id=f"{user} {what}")


async def declare_queue(channel: AbstractChannel, name: str) -> None:
    """Make a queue."""
    await channel.declare_queue(name, durable=True)


FORBIDDEN = [
    as_("scheduling", "tells of a seat", lambda c: publish(c, "events.internal", SEAT)),
    as_("reporting", "answers", lambda c: publish(c, "events.internal", "ingress.event.held.v1")),
    as_(
        "registration",
        "tells of a session",
        lambda c: publish(c, "events.internal", "scheduling.session.changed.v1"),
    ),
    as_("scheduling", "tells of a person", lambda c: publish(c, "events.private", PRIVATE)),
    as_("notifications", "tells of a person", lambda c: publish(c, "events.private", PRIVATE)),
    as_("registration", "tells all privately", lambda c: publish(c, "events.private", SEAT)),
    as_(
        "registration",
        "tells others of a person",
        lambda c: publish(c, "events", f"{PRIVATE}.JO"),
    ),
    as_(
        "scheduling",
        "tells others of a nomination",
        lambda c: publish(c, "events", "registration.nomination.confirmed.v1.JO"),
    ),
    as_(
        "notifications",
        "tells others anything",
        lambda c: publish(c, "events", "notifications.message.settled.v1.JO"),
    ),
    as_("reporting", "sends as another", lambda c: publish(c, "ingress", f"{NOMINATION}.amn")),
    as_("scheduling", "sends as another", lambda c: publish(c, "ingress", f"{ATTENDANCE}.amn")),
    as_("reporting", "forges dead letters", lambda c: publish(c, "dead", "scheduling")),
    as_("reporting", "fills a queue", lambda c: publish_to_queue(c, "scheduling")),
    as_("notifications", "fills a queue", lambda c: publish_to_queue(c, "reporting")),
    as_("reporting", "binds persons", lambda c: bind(c, "reporting", "events.private", PRIVATE)),
    as_("reporting", "binds all privately", lambda c: bind(c, "reporting", "events.private", "#")),
    as_(
        "registration",
        "binds persons",
        lambda c: bind(c, "registration", "events.private", PRIVATE),
    ),
    as_(
        "scheduling",
        "binds all privately",
        lambda c: bind(c, "scheduling", "events.private", "#"),
    ),
    as_(
        "scheduling",
        "binds what it does not listen to",
        lambda c: bind(c, "scheduling", "events.internal", "registration.seat.offered.v1"),
    ),
    as_("reporting", "binds all", lambda c: bind(c, "reporting", "events.internal", "#")),
    as_(
        "scheduling",
        "binds what registration owns",
        lambda c: bind(c, "scheduling", "ingress", f"{NOMINATION}.*"),
    ),
    as_(
        "registration", "binds all that is sent", lambda c: bind(c, "registration", "ingress", "#")
    ),
    as_(
        "reporting",
        "binds another's dead letters",
        lambda c: bind(c, "reporting.dead", "dead", "notifications"),
    ),
    as_("reporting", "binds what others read", lambda c: bind(c, "reporting", "events", "#")),
    as_("reporting", "binds the unowned", lambda c: bind(c, "reporting", "ingress.unowned", "")),
    as_("reporting", "binds a queue", lambda c: bind(c, "scheduling", "events.internal", SEAT)),
    as_(
        "reporting",
        "joins exchanges",
        lambda c: bound_to(c, "events.internal", "events.private"),
    ),
    as_("reporting", "reads a queue", lambda c: read(c, "notifications")),
    as_("reporting", "takes from a queue", lambda c: take(c, "registration")),
    as_("scheduling", "reads dead letters", lambda c: read(c, "notifications.dead")),
    as_("scheduling", "reads the unowned", lambda c: read(c, "ingress.unowned")),
    as_("scheduling", "reads another's answers", lambda c: read(c, "out.amn")),
    as_("scheduling", "deletes a queue", lambda c: c.queue_delete("notifications")),
    as_("scheduling", "deletes an exchange", lambda c: c.exchange_delete("events.internal")),
    as_("registration", "deletes an exchange", lambda c: c.exchange_delete("events.private")),
    as_("registration", "makes an exchange", lambda c: c.declare_exchange("mine", "fanout")),
    as_("registration", "makes a queue", lambda c: declare_queue(c, "spare")),
    as_(
        "out-amn",
        "sends as another",
        lambda c: publish(c, "ingress", f"{NOMINATION}.cairo"),
    ),
    as_("out-amn", "sends what it may not", lambda c: publish(c, "ingress", f"{ATTENDANCE}.amn")),
    as_("out-amn", "sends more", lambda c: publish(c, "ingress", f"{NOMINATION}.cairo.amn")),
    as_("out-amn", "sends nothing known", lambda c: publish(c, "ingress", "anything.amn")),
    as_("out-amn", "tells the services", lambda c: publish(c, "events.internal", SEAT)),
    as_("out-amn", "tells of a person", lambda c: publish(c, "events.private", PRIVATE)),
    as_("out-amn", "answers itself", lambda c: publish(c, "events", "ingress.event.held.v1.amn")),
    as_("out-amn", "forges dead letters", lambda c: publish(c, "dead", "registration")),
    as_("out-amn", "fills a queue", lambda c: publish_to_queue(c, "registration")),
    as_("out-amn", "fills another's queue", lambda c: publish_to_queue(c, "out.cairo")),
    as_("out-amn", "reads another's queue", lambda c: read(c, "out.cairo")),
    as_("out-amn", "reads a service's queue", lambda c: read(c, "registration")),
    as_("out-amn", "reads the unowned", lambda c: take(c, "ingress.unowned")),
    as_("out-amn", "makes a queue", lambda c: declare_queue(c, "out.amn.more")),
    as_("out-amn", "makes a queue without a name", lambda c: declare_queue(c, "")),
    as_("out-amn", "binds its queue", lambda c: bind(c, "out.amn", "events", "#")),
    as_("out-amn", "binds another's", lambda c: bind(c, "out.cairo", "events", "#")),
    as_("out-amn", "deletes its queue", lambda c: c.queue_delete("out.amn")),
    as_("out-amn", "deletes an exchange", lambda c: c.exchange_delete("ingress")),
]

ALLOWED = [
    as_("registration", "tells of a seat", lambda c: publish(c, "events.internal", SEAT)),
    as_("registration", "tells of a person", lambda c: publish(c, "events.private", PRIVATE)),
    as_(
        "registration",
        "tells others of a nomination",
        lambda c: publish(c, "events", "registration.nomination.confirmed.v1.JO"),
    ),
    as_("scheduling", "answers", lambda c: publish(c, "events.internal", "ingress.event.held.v1")),
    as_(
        "scheduling",
        "answers the sender",
        lambda c: publish(c, "events", "ingress.event.refused.v1.amn"),
    ),
    as_("scheduling", "answers who waits", lambda c: publish_to_queue(c, "out.amn")),
    as_(
        "registration",
        "passes on what came by HTTP",
        lambda c: publish(c, "ingress", f"{ATTENDANCE}.amn"),
    ),
    as_("registration", "reads the unowned", lambda c: read(c, "ingress.unowned")),
    as_(
        "notifications",
        "binds persons",
        lambda c: bind(c, "notifications", "events.private", PRIVATE),
    ),
    as_(
        "scheduling",
        "binds what it owns",
        lambda c: bind(c, "scheduling", "ingress", f"{ATTENDANCE}.*"),
    ),
    as_("out-amn", "sends", lambda c: publish(c, "ingress", f"{NOMINATION}.amn")),
    as_("out-amn", "reads its queue", partial(read, queue="out.amn")),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def urls(
    rabbitmq: Broker, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Mapping[str, str]]:
    """By user, where it connects: four services after migrating, and two other systems."""
    folder: Path = tmp_path_factory.mktemp("migrated")
    async with prepared_broker(rabbitmq) as prepared:
        await migrated(prepared, folder)
        services = {service: prepared.url_of(service) for service in SERVICES}
        async with let_in(prepared, "amn", "JO") as amn, let_in(prepared, "cairo", "EG") as cairo:
            yield {**services, "out-amn": amn, "out-cairo": cairo}


@pytest.mark.parametrize(("user", "attempt"), FORBIDDEN)
async def test_what_is_forbidden_is_refused(
    urls: Mapping[str, str], user: str, attempt: Attempt
) -> None:
    async with channel_of(urls[user]) as channel:
        with pytest.raises(ChannelAccessRefused):
            await attempt(channel)


@pytest.mark.parametrize(("user", "attempt"), ALLOWED)
async def test_what_a_user_is_for_is_granted(
    urls: Mapping[str, str], user: str, attempt: Attempt
) -> None:
    async with channel_of(urls[user]) as channel:
        await attempt(channel)

        assert not channel.is_closed
