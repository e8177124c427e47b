"""Every service migrates, tells and listens with no more than its rights."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from shared.messaging.rabbit import RabbitTransport
from shared.messaging.transport import DELIVERY_LIMIT, Delivery, Exchange, Message
from tests.programs import Done, run
from tests.rights.prepared import (
    SERVICES,
    PreparedBroker,
    PreparedDatabases,
    declare,
    let_in,
    migrated,
)
from tests.rights.wire import channel_of, publish, take
from tests.servers.broker import Broker

SECONDS = 20
SEAT = "registration.seat.freed.v1"
PERSON = "registration.person.details_changed.v1"
SESSION = "scheduling.session.changed.v1"
NOMINATION = "external.nomination.submitted.v1"
CONFIRMED = "registration.nomination.confirmed.v1"


async def test_every_service_migrates_as_itself(
    prepared: PreparedBroker, databases: PreparedDatabases
) -> None:
    migrations = [
        asyncio.to_thread(migrate, service, prepared.url_of(service), databases.url_of(service))
        for service in SERVICES
    ]

    done = await asyncio.gather(*migrations)

    assert [one.stderr[-2000:] for one in done if one.returncode] == []
    queues = prepared.broker.management.ask("GET", "queues", prepared.vhost)
    made = {service + end for service in SERVICES for end in ("", ".dead")}
    assert {one["name"] for one in queues} == made | {"ingress.unowned"}


async def test_facts_reach_those_who_listen(prepared: PreparedBroker, tmp_path: Path) -> None:
    await migrated(prepared, tmp_path)
    told = [
        Message(SEAT, b"[seat]"),
        Message(PERSON, b"person", Exchange.PRIVATE),
        Message(CONFIRMED, b"confirmed", Exchange.PUBLIC, "JO"),
    ]

    async with (
        listening(prepared, "reporting") as archived,
        listening(prepared, "notifications") as kept,
        telling(prepared, "registration") as registration,
    ):
        sent = await registration.publish(told)

        assert sent == [True, True, True]
        assert (await heard(archived)).message == Message(SEAT, b"[seat]")
        assert (await heard(kept)).message == Message(PERSON, b"person", Exchange.PRIVATE)
        assert archived.empty()


async def test_type_of_another_is_not_sent_and_holds_up_nothing(
    prepared: PreparedBroker, tmp_path: Path
) -> None:
    await migrated(prepared, tmp_path)

    async with telling(prepared, "scheduling") as scheduling:
        told = [Message(SEAT, b"[seat]"), Message(SESSION, b"[session]")]
        sent = await scheduling.publish(told)

        assert sent == [False, True]
        async with channel_of(prepared.url_of("reporting")) as channel:
            assert await take(channel, "reporting") == b"[session]"
            assert await take(channel, "reporting") is None


async def test_delivery_that_is_given_up_comes_back_as_a_letter_of_its_own_service(
    prepared: PreparedBroker, tmp_path: Path
) -> None:
    await migrated(prepared, tmp_path)

    async with (
        listening(prepared, "scheduling", gives_up=True) as letters,
        telling(prepared, "registration") as registration,
    ):
        await registration.publish([Message(PERSON, b"person", Exchange.PRIVATE)])

        letter = await heard(letters)
        assert letter.deliveries == DELIVERY_LIMIT + 1
        assert letter.message.body == b"person"


async def test_what_another_system_sends_reaches_its_owner_or_who_refuses_it(
    prepared: PreparedBroker, tmp_path: Path
) -> None:
    await migrated(prepared, tmp_path)

    async with (
        listening(prepared, "registration") as received,
        let_in(prepared, "amn", "JO") as amn,
        channel_of(amn) as system,
        channel_of(prepared.url_of("registration")) as registration,
        channel_of(prepared.broker.url_of(prepared.vhost)) as administrator,
    ):
        await publish(system, "ingress", f"{NOMINATION}.amn", b"nomination")
        await publish(administrator, "ingress", "anything.amn", b"anything")
        await publish(registration, "events", f"{CONFIRMED}.JO", b"confirmed")
        await publish(registration, "events", f"{CONFIRMED}.EG", b"of others")

        messages = [(await heard(received)).message for _ in range(2)]
        arrived = {(message.type, message.address) for message in messages}
        assert arrived == {(NOMINATION, "amn"), ("anything", "amn")}
        assert await take(system, "out.amn") == b"confirmed"
        assert await take(system, "out.amn") is None


async def test_right_that_is_withdrawn_ends_what_was_bound_by_it(
    prepared: PreparedBroker, tmp_path: Path
) -> None:
    await migrated(prepared, tmp_path)
    path = ("bindings", prepared.vhost, "e", "events.private", "q", "reporting")
    management = prepared.broker.management
    management.ask("POST", *path, body={"routing_key": PERSON})
    types = ["registration.seat.freed.v1", "scheduling.session.changed.v1"]

    code = await prepared.prepare()
    await declare(prepared, "reporting", types, tmp_path)

    assert code == 0
    assert management.ask("GET", *path) == []
    bound = management.ask("GET", "queues", prepared.vhost, "reporting", "bindings")
    assert {one["routing_key"] for one in bound if one["source"]} == set(types)


async def test_binding_that_was_noted_and_is_granted_no_more_stops_no_migration(
    prepared: PreparedBroker, tmp_path: Path
) -> None:
    everyone = prepared.broker.url_of(prepared.vhost)
    await declare(prepared, "scheduling", [SEAT, SESSION], tmp_path, as_user=everyone)
    await prepared.prepare()

    await declare(prepared, "scheduling", [PERSON], tmp_path)

    bound = prepared.broker.management.ask(
        "GET", "queues", prepared.vhost, "scheduling", "bindings"
    )
    assert {one["routing_key"] for one in bound if one["source"]} == {PERSON}


@pytest.mark.parametrize("lacking", ["exchanges", "rights", "virtual host"])
async def test_migration_says_what_to_run_first(
    rabbitmq: Broker, databases: PreparedDatabases, lacking: str
) -> None:
    all_or_none = "" if lacking == "rights" else ".*"
    async with (
        rabbitmq.fresh_vhost() as vhost,
        rabbitmq.fresh_user(
            vhost, configure=all_or_none, write=all_or_none, read=all_or_none
        ) as url,
    ):
        place = url if lacking != "virtual host" else f"{url}-nowhere"
        done = await asyncio.to_thread(migrate, "reporting", place, databases.url_of("reporting"))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert "python -m deploy.broker" in done.stderr


def migrate(service: str, broker: str, database: str) -> Done:
    """Run the command of a service."""
    key = json.dumps(ECKey.generate_key("P-256").as_dict(private=False))
    settings = {
        "CADRE_INSTALLATION": "apart",
        "CADRE_ORIGIN": "http://127.0.0.1",
        "CADRE_BROKER_URL": broker,
        "CADRE_DATABASE_URL": database,
        "CADRE_LINK_KEY": "links".ljust(40, "."),
        "CADRE_ISSUERS": f'[{{"name": "urn:cadre:local-issuer", "key": {key}}}]',
        "CADRE_SENDER": "Cadre <notices@cadre.example>",
        "CADRE_SMTP_HOST": "127.0.0.1",
        "CADRE_SMS_URL": "http://127.0.0.1/gateway",
        "CADRE_SMS_KEY": "gateway" * 6,
    }
    return run(f"services.{service}", "migrate", environment=os.environ | settings)


@asynccontextmanager
async def telling(prepared: PreparedBroker, service: str) -> AsyncIterator[RabbitTransport]:
    """The transport of a service that publishes."""
    transport = RabbitTransport(prepared.url_of(service))
    yield transport
    await transport.close()


@asynccontextmanager
async def listening(
    prepared: PreparedBroker, service: str, *, gives_up: bool = False
) -> AsyncIterator[asyncio.Queue[Delivery]]:
    """What a service is handed by its transport; where it gives up, the letters only."""
    handed, stop = asyncio.Queue[Delivery](), asyncio.Event()

    async def consume(delivery: Delivery) -> None:
        if gives_up and delivery.deliveries <= DELIVERY_LIMIT:
            raise ValueError("given up")
        handed.put_nowait(delivery)

    transport = RabbitTransport(prepared.url_of(service))
    consuming = asyncio.create_task(transport.consume(service, consume, stop))
    try:
        yield handed
    finally:
        stop.set()
        await consuming
        await transport.close()


async def heard(handed: asyncio.Queue[Delivery]) -> Delivery:
    """The next delivery."""
    async with asyncio.timeout(SECONDS):
        return await handed.get()
