"""A registration beside a broker, and one system that takes part."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aio_pika
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import AMQPError
from aiormq.exceptions import ChannelAccessRefused

from services.registration.outsiders.broker import Broker as PlaceOfSystems
from services.registration.outsiders.provisioning import PROVISION, provisioning
from shared.messaging.rabbit.management import Administrator
from shared.messaging.transport import Exchange
from tests.servers.broker import Broker
from tests.servers.exchanges import declare_exchanges
from tests.servers.prepared import PreparedDatabases
from tests.services.registration.building import TABLES, Registration, a_registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.systems import joins

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


@asynccontextmanager
async def a_house(prepared_databases: PreparedDatabases, rabbitmq: Broker) -> AsyncIterator[House]:
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


@asynccontextmanager
async def a_registration_beside(house: House, place: PlaceOfSystems) -> AsyncIterator[Registration]:
    """The same service, told of another broker."""
    service = house.registration.service
    kinds = {**service.job_kinds, PROVISION: provisioning(place)}
    yield replace(house.registration, service=replace(service, job_kinds=kinds))


async def is_closed(connection: AbstractConnection) -> None:
    """The broker has closed it: no channel can be had any more."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                await (await connection.channel()).close()
            except (AMQPError, ConnectionError, RuntimeError):
                return
