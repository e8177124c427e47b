"""Every test starts from an empty database of its own."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.conftest import NewDatabase


async def test_database_of_a_test_is_empty_and_writable(database_url: str) -> None:
    engine = create_async_engine(database_url)

    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE officer (name text)"))
        await connection.execute(text("INSERT INTO officer VALUES ('Amal')"))
        names = (await connection.execute(text("SELECT name FROM officer"))).scalars().all()
    await engine.dispose()

    assert names == ["Amal"]


async def test_two_databases_of_a_test_share_nothing(new_database: NewDatabase) -> None:
    engines = [create_async_engine(await new_database(name)) for name in ("first", "second")]

    for engine in engines:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE officer (name text)"))
        await engine.dispose()

    assert engines[0].url != engines[1].url
