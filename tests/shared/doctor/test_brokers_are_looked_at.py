"""A broker that is away, unprepared, too generous, or bound otherwise than wanted is seen."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from shared.contracts.listeners import LISTENERS
from shared.database import Database
from shared.doctor import broker
from shared.doctor.broker import Place
from shared.doctor.finding import Found
from shared.messaging.rabbit.management import Administrator
from tests.rights.prepared import PreparedBroker, declare, prepared_broker
from tests.servers.broker import Broker
from tests.servers.databases import sqlite_database
from tests.servers.ports import free_port

TYPES = LISTENERS["reporting"]


@pytest_asyncio.fixture
async def prepared(rabbitmq: Broker, tmp_path: Path) -> AsyncIterator[PreparedBroker]:
    """A virtual host in which reporting has migrated."""
    async with prepared_broker(rabbitmq) as made:
        await declare(made, "reporting", TYPES, tmp_path)
        yield made


@pytest_asyncio.fixture
async def database(prepared: PreparedBroker, tmp_path: Path) -> AsyncIterator[Database]:
    """What reporting noted when it migrated."""
    made = Database(sqlite_database(tmp_path, "reporting"))
    yield made
    await made.close()


@pytest.fixture
def place(prepared: PreparedBroker) -> Place:
    """As reporting connects."""
    return Place(prepared.url_of("reporting"), "reporting", TYPES)


async def test_broker_in_order_is_said_to_be_so(place: Place, database: Database) -> None:
    found = {one.name: await one.look() for one in broker.checks_of(place, database)}

    assert {name: one.level for name, one in found.items()} == {
        "broker": "ok",
        "broker-rights": "ok",
        "queues": "warning",
        "bindings": "ok",
    }
    assert found["broker"].words.startswith("RabbitMQ ")
    assert "nobody takes from reporting" in found["queues"].words


async def test_broker_that_is_away_or_refuses_us_is_wrong(place: Place) -> None:
    away = replace(place, url=f"amqp://reporting:secret@127.0.0.1:{free_port()}/x")
    stranger = replace(place, url=place.url.replace("reporting:", "reporting:not-"))

    found = [await broker.answers(one) for one in (away, stranger)]

    assert [one.level for one in found] == ["wrong", "wrong"]
    assert not [one for one in found if "secret" in one.words]


@pytest.mark.parametrize(
    ("limit", "number", "level"), [("OLDEST", (99, 0), "wrong"), ("NEWEST", (1, 0), "warning")]
)
async def test_version_we_do_not_know_is_seen(
    place: Place, monkeypatch: pytest.MonkeyPatch, limit: str, number: object, level: str
) -> None:
    monkeypatch.setattr(broker, limit, number)

    assert (await broker.answers(place)).level == level


async def test_right_that_is_missing_or_too_much_is_wrong(
    prepared: PreparedBroker, place: Place, rabbitmq: Broker, database: Database
) -> None:
    fresh_user = rabbitmq.fresh_user(prepared.vhost, write="^events.internal$", read="^$")
    async with fresh_user as poor:
        lacking = await _rights(replace(place, url=poor), database)
    generous = await _rights(replace(place, url=rabbitmq.url_of(prepared.vhost)), database)

    assert (lacking.level, "may not read its own queues" in lacking.words) == ("wrong", True)
    assert (generous.level, "send personal data" in generous.words) == ("wrong", True)
    assert "make queues of any name" in generous.words


async def test_queue_that_is_missing_is_wrong(prepared: PreparedBroker, place: Place) -> None:
    prepared.broker.management.ask("DELETE", "queues", prepared.vhost, "reporting.dead")

    found = await broker.queues_stand(place)

    assert (found.level, "reporting.dead" in found.words) == ("wrong", True)


@pytest.mark.parametrize("asked", ["the broker", "what was noted"])
async def test_binding_that_is_missing_or_stale_is_wrong(
    prepared: PreparedBroker, place: Place, database: Database, tmp_path: Path, asked: str
) -> None:
    if asked == "the broker":
        settings = prepared.settings
        names = ("URL", "USER", "PASSWORD")
        given = [settings[f"CADRE_BROKER_MANAGEMENT_{name}"] for name in names]
        place = replace(place, administrator=Administrator(*given))
    await declare(prepared, "reporting", TYPES[1:], tmp_path)
    missing = await broker.bindings_are_those_wanted(place, database)
    await declare(prepared, "reporting", TYPES, tmp_path)
    there = await broker.bindings_are_those_wanted(place, database)
    fewer = replace(place, types=TYPES[1:])
    stale = await broker.bindings_are_those_wanted(fewer, database)

    assert [one.level for one in (missing, there, stale)] == ["wrong", "ok", "wrong"]
    assert f"{TYPES[0]} is missing" in missing.words
    assert f"{TYPES[0]} is stale" in stale.words
    assert "migrate" in missing.remedy


async def test_clock_of_the_broker_is_seen_by_who_may_ask_it(prepared: PreparedBroker) -> None:
    server = prepared.broker
    administrator = Administrator(server.management_url, server.user, server.password)

    first = await broker.clock_of(administrator)
    await asyncio.sleep(0)

    assert first.tzinfo is not None


async def _rights(place: Place, database: Database) -> Found:
    [check] = [one for one in broker.checks_of(place, database) if one.name == "broker-rights"]
    return await check.look()
