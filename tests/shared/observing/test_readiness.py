"""A process is ready while what it rests on answers, and until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text

from shared.context import Context
from shared.database.migrate import migrate
from shared.messaging.rabbit import RabbitTransport
from shared.observing import readiness as ready
from shared.observing.address import Address, AddressIsWrong, operated
from shared.observing.readiness import Check, Readiness, broker_answers, database_at_head
from tests.conftest import NewDatabase
from tests.messaging.rig import make_context
from tests.servers.broker import Broker
from tests.servers.databases import fresh_database
from tests.servers.ports import free_port
from tests.shared.database.line import Line


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is looked at anew each time."""
    monkeypatch.setattr(ready, "SECONDS_TO_REMEMBER", 0)


@pytest_asyncio.fixture
async def context(new_database: NewDatabase) -> AsyncIterator[Context]:
    """Registration, on a database that nothing was made in yet."""
    made = make_context("registration", await new_database("registration"))
    yield made
    await made.database.close()


@pytest.fixture
def address() -> str:
    """A free place for an operations address."""
    return f"127.0.0.1:{free_port()}"


def begun(*checks: Check) -> Readiness:
    """The readiness of a process that is at work."""
    made = Readiness(*checks)
    made.begin()
    return made


async def test_ready_is_who_has_a_database_with_nothing_left_to_migrate(context: Context) -> None:
    readiness = begun(database_at_head(context))

    empty = await readiness.told()
    await migrate(context.database, "registration")
    migrated = await readiness.told()
    async with context.database.writing() as connection:
        await connection.execute(text("UPDATE registration_revision SET version_num = '0000'"))
    behind = await readiness.told()

    assert empty == behind == "database is not at its head revision"
    assert migrated == "ready"


async def test_database_that_was_cut_off_makes_unready_and_ready_again_when_it_is_back(
    postgresql: str,
) -> None:
    async with fresh_database(postgresql) as url:
        line = Line(url)
        await line.connect()
        context = make_context("registration", line.url)
        await migrate(context.database, "registration")
        readiness = begun(database_at_head(context))

        before = await readiness.told()
        await line.cut()
        away = await readiness.told()
        await line.connect()
        back = await readiness.told()
        await context.database.close()
        await line.cut()

    assert (before, away, back) == ("ready", "database is away", "ready")


async def test_broker_is_asked_and_not_a_flag(rabbitmq: Broker) -> None:
    async with rabbitmq.fresh_vhost() as vhost:
        transport = RabbitTransport(rabbitmq.url_of(vhost))
        readiness = begun(broker_answers(transport))

        before = await readiness.told()
        began = perf_counter()
        for _ in range(20):
            await readiness.told()
        each = (perf_counter() - began) / 20
        await rabbitmq.close_all_connections(vhost)
        told = [await readiness.told() for _ in range(2)]
        await transport.close()
    nowhere = RabbitTransport(f"amqp://guest:guest@127.0.0.1:{free_port()}/")

    assert before == "ready"
    assert told[-1] == "ready"
    assert each < 0.1
    assert await begun(broker_answers(nowhere)).told() == "broker is away"
    await nowhere.close()


async def test_what_does_not_answer_in_time_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "SECONDS_TO_ANSWER", 0.05)

    async def for_ever() -> None:
        await asyncio.Event().wait()

    async def well() -> None:
        return None

    readiness = begun(Check("broker", for_ever), Check("database", well))
    status, answer = await readiness.told(), await readiness.answer()

    assert status == "broker is away"
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


async def test_however_often_it_is_asked_it_looks_once_in_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ready, "SECONDS_TO_REMEMBER", 60)
    looks: list[int] = []

    async def look() -> None:
        looks.append(1)

    readiness = begun(Check("database", look))
    await asyncio.gather(*(readiness.told() for _ in range(50)))

    assert len(looks) == 1


async def test_operations_address_tells_from_the_start_to_the_end_of_draining(
    address: str,
) -> None:
    readiness = Readiness()
    told = []
    async with operated(Address(address), readiness), asking(address) as client:
        told.append(await client.get("/health/ready"))
        readiness.begin()
        told.append(await client.get("/health/ready"))
        live = await client.get("/health/live")
        readiness.drain()
        told.append(await client.get("/health/ready"))
        other = [await client.get("/figures"), await client.post("/health/live")]
    async with asking(address) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("/health/live")

    assert [(one.status_code, one.json()["status"]) for one in told] == [
        (503, "starting"),
        (200, "ready"),
        (503, "stopping"),
    ]
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert [one.status_code for one in other] == [404, 405]


async def test_place_that_is_taken_or_is_none_is_refused_in_words(address: str) -> None:
    async with operated(Address(address), Readiness()):
        with pytest.raises(AddressIsWrong, match="Address already in use"):
            async with operated(Address(address), Readiness()):
                pass
    for wrong in ("9100", ":9100", "localhost:", "localhost:x", "localhost:0", "localhost:99999"):
        with pytest.raises(AddressIsWrong, match="is not HOST:PORT"):
            Address(wrong)


def asking(address: str) -> httpx.AsyncClient:
    """A client of whoever runs the installation."""
    return httpx.AsyncClient(base_url=f"http://{address}", trust_env=False)
