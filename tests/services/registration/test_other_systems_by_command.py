"""`python -m services.registration outsider …`: where services run apart, with a broker."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, urlsplit

import aio_pika
import pytest
import pytest_asyncio
from joserfc.jwk import ECKey

from services.registration.__main__ import OUTSIDER, build_with_broker
from services.registration.outsiders.broker import broker_of
from shared.database import Database
from shared.process.command_line import run
from shared.process.environment import Environment, SettingIsWrong
from shared.tables import audit
from tests.servers.broker import Broker
from tests.servers.databases import fresh_database
from tests.servers.exchanges import declare_exchanges
from tests.servers.session import Servers
from tests.services.registration.systems import CONFIRMED, NOMINATED

PLACE = {
    "CADRE_BROKER_URL": "amqps://registration:secret@broker.example:5671/cadre%2Fone",
    "CADRE_BROKER_MANAGEMENT_URL": "https://root:s%40cret@broker.example:15671",
}


@pytest_asyncio.fixture
async def environment(
    servers: Servers, rabbitmq: Broker, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[dict[str, str]]:
    """What a process of registration is told, with its tables and queue made and one party."""
    key = ECKey.generate_key("P-256").as_dict(private=False)
    management = urlsplit(rabbitmq.management_url)
    account = f"{quote(rabbitmq.user)}:{quote(rabbitmq.password)}"
    async with (
        rabbitmq.fresh_vhost() as vhost,
        fresh_database(servers.postgresql().address) as url,
    ):
        async with await aio_pika.connect(rabbitmq.url_of(vhost)) as connection:
            await declare_exchanges(await connection.channel())
        told = {
            "CADRE_DATABASE_URL": url.replace("+asyncpg", ""),
            "CADRE_BROKER_URL": rabbitmq.url_of(vhost),
            "CADRE_BROKER_MANAGEMENT_URL": f"http://{account}@{management.netloc}",
            "CADRE_LINK_KEY": "k" * 40,
            "CADRE_INSTALLATION": "apart",
            "CADRE_ORIGIN": "https://cadre.example",
            "CADRE_ISSUERS": json.dumps([{"name": "test", "key": key}]),
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        assert await asyncio.to_thread(does, "migrate") == 0
        database = Database(url)
        party = "INSERT INTO party VALUES ('JO', 'country', '{\"en\": \"Jordan\"}', 'JO', true, 1)"
        async with database.writing() as connection:
            await connection.exec_driver_sql(party)
        await database.close()
        yield told


def does(*words: str) -> int:
    """Run one command of registration; its exit code."""
    arguments = ("--log-level", "WARNING", *words)
    return run("registration", build_with_broker, beside=[OUTSIDER], arguments=arguments)


async def test_system_is_added_in_the_process_itself_as_the_operator(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = f"sys-{secrets.token_hex(4)}"
    types = ("--sends", NOMINATED, "--receives", CONFIRMED)
    capsys.readouterr()

    added = await asyncio.to_thread(does, "outsider", "add", code, "--party", "JO", *types)
    printed = capsys.readouterr().out
    again = await asyncio.to_thread(does, "outsider", "add", code, "--party", "JO")

    rows = await _rows(environment["CADRE_DATABASE_URL"], audit)
    assert (added, again) == (0, 1)
    assert f"  user        out-{code}\n" in printed
    assert f"  queue       out.{code}\n" in printed
    assert "  password    " in printed
    assert environment["CADRE_BROKER_URL"].rpartition("@")[2] in printed
    assert environment["CADRE_BROKER_URL"] not in printed
    assert [(row["subject"], row["role"], row["action"], row["outcome"]) for row in rows] == [
        ("operator", "admin", "register-outsider", "done"),
        ("operator", "admin", "register-outsider", "refused"),
    ]


def test_account_in_the_management_address_is_shown_to_nobody() -> None:
    broker = broker_of(Environment(PLACE))

    assert broker is not None
    assert broker.address == "amqps://broker.example:5671/cadre%2Fone"
    assert broker.vhost == "cadre/one"
    assert broker.administrator.url == "https://broker.example:15671"
    assert (broker.administrator.user, broker.administrator.password) == ("root", "s@cret")
    assert "s@cret" not in repr(broker)


def test_other_systems_may_connect_elsewhere_and_the_account_may_stand_apart() -> None:
    apart = {
        **PLACE,
        "CADRE_BROKER_MANAGEMENT_URL": "http://broker.internal:15672",
        "CADRE_BROKER_MANAGEMENT_USER": "maker",
        "CADRE_BROKER_MANAGEMENT_PASSWORD": "other",
        "CADRE_BROKER_PUBLIC_URL": "amqps://events.example/cadre",
    }

    broker = broker_of(Environment(apart))

    assert broker is not None
    assert broker.address == "amqps://events.example/cadre"
    assert (broker.administrator.user, broker.administrator.password) == ("maker", "other")


def test_without_a_management_address_systems_take_part_by_http_alone() -> None:
    assert broker_of(Environment({})) is None


@pytest.mark.parametrize("wrong", ["broker.example:15672", "amqp://broker.example", "http://"])
def test_management_address_that_is_none_is_named(wrong: str) -> None:
    with pytest.raises(SettingIsWrong, match="CADRE_BROKER_MANAGEMENT_URL"):
        broker_of(Environment({**PLACE, "CADRE_BROKER_MANAGEMENT_URL": wrong}))


async def _rows(url: str, table: Any) -> list[dict[str, Any]]:
    database = Database(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with database.reading() as connection:
        found = await connection.execute(table.select().order_by(table.c.position))
        rows = [dict(row._mapping) for row in found]
    await database.close()
    return rows
