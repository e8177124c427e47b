"""A database that is at its head is known as such, and no other."""

from sqlalchemy import text

from shared.database import Database
from shared.database.heads import is_at_head
from shared.database.migrate import migrate


async def test_only_a_database_with_nothing_left_to_migrate_is_at_its_head(
    database_url: str,
) -> None:
    database = Database(database_url)

    empty = await is_at_head(database, "registration")
    await migrate(database, "registration")
    migrated = await is_at_head(database, "registration")
    another = await is_at_head(database, "scheduling")
    async with database.writing() as connection:
        await connection.execute(text("UPDATE shared_revision SET version_num = '0000'"))
    behind = await is_at_head(database, "registration")

    await database.close()
    assert (empty, migrated, another, behind) == (False, True, False, False)


async def test_release_before_works_on_what_the_next_one_has_added(database_url: str) -> None:
    database = Database(database_url)
    await migrate(database, "registration")
    async with database.writing() as connection:
        await connection.execute(text("UPDATE registration_revision SET version_num = '9999'"))

    await migrate(database, "registration")
    ready = await is_at_head(database, "registration")

    await database.close()
    assert ready
