"""Each service owns its database on a shared server, and no other lets it in."""

import asyncpg
import pytest

from tests.rights.prepared import SERVICES, PreparedDatabases

NEIGHBOURS = list(zip(SERVICES, (*SERVICES[1:], SERVICES[0]), strict=True))


@pytest.mark.parametrize("service", SERVICES)
async def test_service_makes_and_keeps_tables_in_its_own(
    databases: PreparedDatabases, service: str
) -> None:
    connection = await asyncpg.connect(databases.url_of(service))

    await connection.execute("CREATE TABLE officer (name text)")
    await connection.execute("INSERT INTO officer VALUES ('أمل')")

    assert await connection.fetchval("SELECT name FROM officer") == "أمل"
    await connection.close()


@pytest.mark.parametrize(("service", "other"), NEIGHBOURS)
async def test_database_of_another_service_is_closed(
    databases: PreparedDatabases, service: str, other: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied for database"):
        await asyncpg.connect(databases.url_of(service, database=other))


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE DATABASE spare",
        "CREATE ROLE spare",
        "ALTER ROLE {prefix}registration PASSWORD 'mine'",
        "SET ROLE {prefix}registration",
        "DROP DATABASE {prefix}registration",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_authid",
    ],
)
async def test_service_has_no_rights_over_the_server(
    databases: PreparedDatabases, forbidden: str
) -> None:
    statement = forbidden.format(prefix=databases.settings["CADRE_USER_PREFIX"])
    connection = await asyncpg.connect(databases.url_of("reporting"))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement)

    await connection.close()


async def test_preparing_again_keeps_what_is_there_and_takes_the_new_password(
    databases: PreparedDatabases,
) -> None:
    connection = await asyncpg.connect(databases.url_of("reporting"))
    await connection.execute("CREATE TABLE fact (name text)")
    await connection.close()
    changed = {"CADRE_DATABASE_PASSWORD_REPORTING": "another"}

    code = await databases.prepare(**changed)

    assert code == 0
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(databases.url_of("reporting"))
    after = PreparedDatabases({**databases.settings, **changed})
    connection = await asyncpg.connect(after.url_of("reporting"))
    assert await connection.fetchval("SELECT count(*) FROM fact") == 0
    await connection.close()


async def test_administrator_who_is_no_superuser_can_prepare_and_gains_nothing(
    postgresql: str, databases: PreparedDatabases
) -> None:
    made = databases.settings["CADRE_USER_PREFIX"]
    clerk, prefix = f"{made}clerk", f"{made}office_"
    server = await asyncpg.connect(postgresql)
    await server.execute(f"CREATE ROLE {clerk} LOGIN CREATEDB CREATEROLE PASSWORD 'clerk'")
    office = PreparedDatabases({**databases.settings, "CADRE_USER_PREFIX": prefix})
    parts = postgresql.rpartition("@")[2]
    try:
        code = await office.prepare(CADRE_POSTGRESQL_URL=f"postgresql://{clerk}:clerk@{parts}")

        assert code == 0
        await (await asyncpg.connect(office.url_of("scheduling"))).close()
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(office.url_of("scheduling", database="reporting"))
    finally:
        for service in SERVICES:
            await server.execute(f"DROP DATABASE IF EXISTS {prefix}{service} WITH (FORCE)")
            await server.execute(f"DROP ROLE IF EXISTS {prefix}{service}")
        await server.execute(f"DROP ROLE {clerk}")
        await server.close()


async def test_setting_that_is_missing_is_named(
    databases: PreparedDatabases, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await databases.prepare(CADRE_DATABASE_PASSWORD_SCHEDULING="")

    assert code == 1
    assert "CADRE_DATABASE_PASSWORD_SCHEDULING" in capsys.readouterr().err
