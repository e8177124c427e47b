"""The broker holds for each system what its row says, whatever happens in between."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aio_pika
import pytest
import pytest_asyncio
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import AMQPError
from aiormq.exceptions import ChannelAccessRefused

from services.registration.outsiders.broker import Broker as PlaceOfSystems
from services.registration.outsiders.provisioning import PROVISION, provisioning
from services.registration.tables import broker_account
from shared.jobs import TryAgain
from shared.messaging.rabbit.management import Administrator
from shared.messaging.transport import Exchange
from shared.outsiders import outsider
from shared.tables import job
from tests.servers.broker import Broker
from tests.servers.exchanges import declare_exchanges
from tests.servers.prepared import PreparedDatabases
from tests.services.registration.building import TABLES, Registration, a_registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.systems import ATTENDED, CONFIRMED, ENROLLED, NOMINATED, joins

SECONDS = 15


@dataclass
class House:
    """A registration beside a broker, and one system that takes part."""

    registration: Registration
    course: Course
    broker: Broker
    vhost: str
    code: str
    password: str

    @asynccontextmanager
    async def connected(self, password: str | None = None) -> AsyncIterator[AbstractConnection]:
        """The system, connected as its account says."""
        url = self.broker.url_of(self.vhost, f"out-{self.code}", password or self.password)
        connection = await aio_pika.connect(url, timeout=SECONDS)
        try:
            yield connection
        finally:
            await connection.close()

    async def sends(self, routing_key: str, exchange: str = Exchange.INGRESS) -> bool:
        """Whether the broker takes a message of the system."""
        async with self.connected() as connection:
            channel = await connection.channel()
            place = await channel.get_exchange(exchange, ensure=False)
            try:
                await place.publish(aio_pika.Message(b"{}"), routing_key, timeout=SECONDS)
            except ChannelAccessRefused:
                return False
            return True

    async def tells(self, routing_key: str) -> None:
        """A service publishes for other systems."""
        connection = await aio_pika.connect(self.broker.url_of(self.vhost), timeout=SECONDS)
        async with connection:
            place = await (await connection.channel()).get_exchange(Exchange.PUBLIC)
            await place.publish(aio_pika.Message(routing_key.encode()), routing_key)

    async def reads(self) -> list[str]:
        """What waits for the system."""
        found = []
        async with self.connected() as connection:
            channel = await connection.channel()
            queue = await channel.get_queue(f"out.{self.code}", ensure=False)
            while (message := await queue.get(fail=False, no_ack=True)) is not None:
                found.append(message.body.decode())
        return found

    async def changes(self, change: str) -> dict[str, Any]:
        """An admin changes something, and the job is done."""
        answer = await self.course.admin.post(f"/outsiders/{self.code}/{change}")
        assert answer.status_code == 200, answer.text
        await self.registration.does_jobs()
        shown: dict[str, Any] = answer.json()
        return shown

    async def ask(self, *path: str) -> Any:
        """What the broker holds; None when there is no such thing."""
        found = await asyncio.to_thread(self.broker.management.ask, "GET", path[0])
        return [one for one in found if path[1] in (one.get("name"), one.get("user"))]


@pytest_asyncio.fixture
async def house(prepared_databases: PreparedDatabases, rabbitmq: Broker) -> AsyncIterator[House]:
    """A registration beside a broker, on the database that goes with one, and one system."""
    lent = prepared_databases.lent(*TABLES)
    async with rabbitmq.fresh_vhost() as vhost, lent as database_url:
        url = rabbitmq.url_of(vhost)
        async with await aio_pika.connect(url, timeout=SECONDS) as connection:
            await declare_exchanges(await connection.channel())
        administrator = Administrator(rabbitmq.management_url, rabbitmq.user, rabbitmq.password)
        place = PlaceOfSystems(administrator, vhost, "amqps://broker.example/cadre")
        async with a_registration(database_url, broker=place) as registration:
            course = await a_course(registration, seats=0)
            code = f"sys-{secrets.token_hex(4)}"
            made = await joins(course.admin, code)
            await registration.does_jobs()
            house = House(registration, course, rabbitmq, vhost, code, made["broker"]["password"])
            yield house
            await house.changes("removal")


async def test_system_is_told_where_it_connects_and_when_it_may(house: House) -> None:
    shown = (await house.course.admin.get(f"/outsiders/{house.code}")).json()["broker"]

    assert shown == {
        "address": "amqps://broker.example/cadre",
        "user": f"out-{house.code}",
        "queue": f"out.{house.code}",
        "ready": True,
        "password": None,
    }


async def test_password_stands_nowhere_but_in_the_answer(house: House) -> None:
    for table in (job, broker_account, outsider):
        assert house.password not in str(await house.registration.rows(table))


async def test_system_sends_its_own_types_under_its_own_code_alone(house: House) -> None:
    allowed = await house.sends(f"{NOMINATED}.{house.code}")
    refused = [
        await house.sends(f"{ATTENDED}.{house.code}"),
        await house.sends(f"{NOMINATED}.other"),
        await house.sends(f"{NOMINATED}.{house.code}.x"),
        await house.sends(f"x.{NOMINATED}.{house.code}"),
        await house.sends(NOMINATED.replace(".", "-") + f".{house.code}"),
        await house.sends(f"{CONFIRMED}.JO", Exchange.PUBLIC),
        await house.sends(CONFIRMED, Exchange.INTERNAL),
        await house.sends(CONFIRMED, "amq.topic"),
        await house.sends("registration", ""),
    ]

    assert allowed
    assert not any(refused)


async def test_system_reads_its_own_queue_and_makes_nothing(house: House) -> None:
    async with house.connected() as connection:
        for reach in (
            lambda channel: channel.declare_queue("mine"),
            lambda channel: channel.declare_exchange("mine"),
            lambda channel: _read(channel, "ingress.unowned"),
            lambda channel: _bind(channel, f"out.{house.code}", Exchange.PUBLIC),
            lambda channel: _bind(channel, f"out.{house.code}", Exchange.PRIVATE),
        ):
            with pytest.raises(ChannelAccessRefused):
                await reach(await connection.channel())


async def test_queue_gets_facts_of_its_types_and_parties_and_answers_to_it(house: House) -> None:
    for routing_key in (
        f"{CONFIRMED}.JO",
        f"{CONFIRMED}.TN",
        f"{ENROLLED}.JO",
        f"ingress.event.accepted.v1.{house.code}",
        f"ingress.event.held.v1.{house.code}",
        f"ingress.event.refused.v1.{house.code}",
        "ingress.event.refused.v1.other",
    ):
        await house.tells(routing_key)

    found = await house.reads()

    assert [one.removesuffix(house.code) for one in found] == [
        f"{CONFIRMED}.JO",
        "ingress.event.accepted.v1.",
        "ingress.event.held.v1.",
        "ingress.event.refused.v1.",
    ]


async def test_description_anew_takes_away_what_is_stale(house: House) -> None:
    asked = {"parties": ["TN"], "sends": [ATTENDED], "receives": [ENROLLED]}
    match = {"If-Match": '"1"'}
    await house.course.admin.put(f"/outsiders/{house.code}", json=asked, headers=match)
    await house.registration.does_jobs()

    for routing_key in (f"{CONFIRMED}.JO", f"{ENROLLED}.JO", f"{ENROLLED}.TN"):
        await house.tells(routing_key)

    assert await house.reads() == [f"{ENROLLED}.TN"]
    assert await house.sends(f"{ATTENDED}.{house.code}")
    assert not await house.sends(f"{NOMINATED}.{house.code}")


async def test_system_that_sends_nothing_may_send_nothing(house: House) -> None:
    asked = {"parties": ["JO"], "sends": [], "receives": [CONFIRMED]}
    match = {"If-Match": '"1"'}
    await house.course.admin.put(f"/outsiders/{house.code}", json=asked, headers=match)

    await house.registration.does_jobs()

    assert not await house.sends(f"{NOMINATED}.{house.code}")
    assert not await house.sends("")


async def test_who_stops_reading_loses_the_oldest_and_holds_up_nobody(house: House) -> None:
    (queue,) = await house.ask("queues", f"out.{house.code}")

    limits = queue["arguments"]

    assert limits["x-max-length"] > 0
    assert limits["x-max-length-bytes"] > 0
    assert limits["x-overflow"] == "drop-head"


async def test_suspended_system_is_cut_off_and_finds_its_queue_again(house: House) -> None:
    await house.tells(f"{CONFIRMED}.JO")
    async with house.connected() as connection:
        await house.changes("suspension")
        await _is_closed(connection)
    with pytest.raises((AMQPError, ConnectionError)):
        async with house.connected():
            pass

    await house.changes("resumption")

    assert await house.reads() == [f"{CONFIRMED}.JO"]


async def test_old_password_ends_when_new_secrets_are_given(house: House) -> None:
    async with house.connected() as connection:
        made = await house.changes("rotation")
        await _is_closed(connection)

    with pytest.raises((AMQPError, ConnectionError)):
        async with house.connected():
            pass
    async with house.connected(made["broker"]["password"]) as connection:
        assert await connection.channel()


async def test_nothing_of_a_removed_system_stays_in_the_broker(house: House) -> None:
    async with house.connected() as connection:
        await house.changes("removal")
        await _is_closed(connection)

    assert await house.ask("users", f"out-{house.code}") == []
    assert await house.ask("queues", f"out.{house.code}") == []
    assert await house.ask("permissions", f"out-{house.code}") == []
    (account,) = await house.registration.rows(broker_account)
    assert account["password_hash"] is None


async def test_job_may_run_any_number_of_times_and_in_any_order(house: House) -> None:
    await house.course.admin.post(f"/outsiders/{house.code}/suspension")
    await house.course.admin.post(f"/outsiders/{house.code}/resumption")
    await house.tells(f"{CONFIRMED}.JO")

    await house.registration.does_jobs()
    async with house.registration.database.writing() as connection:
        await connection.execute(job.update().values(state="waiting", finished_at=None))
    done = await house.registration.does_jobs()

    assert done == 3
    assert await house.reads() == [f"{CONFIRMED}.JO"]
    assert await house.sends(f"{NOMINATED}.{house.code}")


async def test_broker_that_is_away_is_asked_again_until_it_is_there(house: House) -> None:
    nowhere = Administrator("http://127.0.0.1:1", "cadre", "secret")
    place = PlaceOfSystems(nowhere, house.vhost, "amqp://broker.example")
    async with a_registration_beside(house, place) as registration:
        await house.course.admin.post(f"/outsiders/{house.code}/suspension")

        with pytest.raises(TryAgain) as put_off:
            await registration.does_jobs()

    shown = (await house.course.admin.get(f"/outsiders/{house.code}")).json()
    assert put_off.value.for_ever
    assert (shown["state"], shown["broker"]["ready"]) == ("suspended", False)


async def test_without_a_broker_no_job_is_planned(database_url: str) -> None:
    async with a_registration(database_url) as registration:
        course = await a_course(registration, seats=0)

        made = await joins(course.admin)

        kinds = {one["kind"] for one in await registration.rows(job)}
        assert made["broker"] is None
        assert PROVISION not in kinds


@asynccontextmanager
async def a_registration_beside(house: House, place: PlaceOfSystems) -> AsyncIterator[Registration]:
    """The same service, told of another broker."""
    service = house.registration.service
    kinds = {**service.job_kinds, PROVISION: provisioning(place)}
    yield replace(house.registration, service=replace(service, job_kinds=kinds))


async def _read(channel: Any, name: str) -> None:
    queue = await channel.get_queue(name, ensure=False)
    await queue.get(fail=False)


async def _bind(channel: Any, name: str, exchange: str) -> None:
    queue = await channel.get_queue(name, ensure=False)
    await queue.bind(exchange, "#")


async def _is_closed(connection: AbstractConnection) -> None:
    """The broker has closed it: no channel can be had any more."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                await (await connection.channel()).close()
            except (AMQPError, ConnectionError, RuntimeError):
                return
