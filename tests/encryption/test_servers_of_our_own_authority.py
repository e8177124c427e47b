"""Servers that an authority of our own certifies: reached by their name, and by no other."""

import asyncio
import ssl
from contextlib import suppress
from pathlib import Path

import aio_pika
import pytest
from sqlalchemy import text

from deploy import databases
from shared.database import Database, is_unavailable
from shared.database.notices import session
from shared.messaging.rabbit import RabbitTransport
from shared.messaging.rabbit.link import Link
from shared.messaging.rabbit.management import Administrator, ManagementIsAway, managing
from shared.messaging.rabbit.transport import BrokerIsAway
from shared.process.environment import Environment
from tests.encryption.authority import Authority
from tests.encryption.conftest import Behind, by_another_name
from tests.servers.broker import Broker


async def test_database_is_reached_encrypted(behind: Behind, authority: Authority) -> None:
    url = trusting_database(behind.database, authority)

    database = Database(url)
    async with database.writing() as connection:
        answer = (await connection.execute(text("SELECT 1"))).scalar_one()
    async with session(database) as own:
        await own.lead("one who was certified")
    await database.close()

    assert answer == 1


async def test_database_of_a_stranger_or_by_another_name_is_away(
    behind: Behind, authority: Authority, stranger: Authority
) -> None:
    for url in (
        trusting_database(behind.database, stranger),
        trusting_database(by_another_name(behind.database), authority),
    ):
        database = Database(url)

        with pytest.raises(ssl.SSLCertVerificationError) as refused:
            async with database.reading() as connection:
                await connection.execute(text("SELECT 1"))
        with pytest.raises(ssl.SSLCertVerificationError):
            async with session(database):
                pass
        await database.close()

        assert is_unavailable(refused.value)


async def test_verify_ca_asks_for_no_name(behind: Behind, authority: Authority) -> None:
    url = f"{by_another_name(behind.database)}?sslmode=verify-ca"

    database = Database(trusting_database(url, authority))
    async with database.reading() as connection:
        answer = (await connection.execute(text("SELECT 1"))).scalar_one()
    await database.close()

    assert answer == 1


async def test_certificates_may_be_a_file_that_the_address_names(
    behind: Behind, authority: Authority, tmp_path: Path
) -> None:
    file = tmp_path / "authority.pem"
    file.write_text(authority.pem)
    url = f"{behind.database}?sslmode=verify-full&sslrootcert={file}"

    database = Database(Environment({"CADRE_DATABASE_URL": url}).database_url)
    async with database.reading() as connection:
        answer = (await connection.execute(text("SELECT 1"))).scalar_one()
    await database.close()

    assert answer == 1


async def test_broker_is_reached_encrypted(behind: Behind, authority: Authority) -> None:
    url = trusting_broker(behind.broker, authority)

    link = Link(url)
    await link.open()
    await link.close()
    async with await aio_pika.connect(url) as connection:
        is_open = not connection.is_closed

    assert is_open


async def test_broker_of_a_stranger_or_by_another_name_is_away(
    behind: Behind, authority: Authority, stranger: Authority
) -> None:
    for url in (
        trusting_broker(behind.broker, stranger),
        trusting_broker(by_another_name(behind.broker), authority),
    ):
        transport = RabbitTransport(url)

        with pytest.raises(BrokerIsAway, match=r"SSL|Connection"):
            await transport.queued("registration")
        await transport.close()
        link = Link(url)
        with pytest.raises(Exception, match="CERTIFICATE_VERIFY_FAILED"):
            await asyncio.wait_for(link.open(), 10)
        with suppress(Exception):
            await link.close()


async def test_management_is_asked_encrypted_and_of_no_stranger(
    behind: Behind, authority: Authority, stranger: Authority, rabbitmq: Broker
) -> None:
    account = (rabbitmq.user, rabbitmq.password)

    async with managing(Administrator(behind.management, *account, authority.pem)) as management:
        found = await management.get("whoami")

    assert found["name"] == rabbitmq.user
    for wrong in (
        Administrator(behind.management, *account, stranger.pem),
        Administrator(by_another_name(behind.management), *account, authority.pem),
    ):
        async with managing(wrong) as management:
            with pytest.raises(ManagementIsAway, match="certificate refused"):
                await management.get("whoami")


async def test_databases_are_made_over_an_encrypted_connection_only(
    behind: Behind, stranger: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("REGISTRATION", "SCHEDULING", "NOTIFICATIONS", "REPORTING")
    values = {
        "CADRE_POSTGRESQL_URL": behind.database,
        "CADRE_DATABASE_CA": stranger.pem,
        **{f"CADRE_DATABASE_PASSWORD_{name}": f"of {name} alone" for name in names},
    }

    code = await asyncio.to_thread(databases.main, [], values)

    assert code == 1
    assert "certificate verify failed" in capsys.readouterr().err


def trusting_database(url: str, authority: Authority) -> str:
    """The address as a service makes it of its settings."""
    values = {"CADRE_DATABASE_URL": url, "CADRE_DATABASE_CA": authority.pem}
    return Environment(values).database_url


def trusting_broker(url: str, authority: Authority) -> str:
    """The address as a service makes it of its settings."""
    values = {"CADRE_BROKER_URL": url, "CADRE_BROKER_CA": authority.pem}
    return Environment(values).broker_url
