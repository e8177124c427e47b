"""Whether a database is at its head revision, told without loading what would bring it there."""

from pathlib import Path

from sqlalchemy import column, select, table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database.engines import Database, is_unavailable

ROOT = Path(__file__).parents[2]


async def is_at_head(database: Database, service: str) -> bool:
    """Whether nothing is left to migrate, of `shared` and of the service. What the next release has
    added is in nobody's way: this one goes on beside it, and can be gone back to.

    Raises where the database is away.
    """
    try:
        async with database.reading() as connection:
            return await _stands_at_head(connection, "shared") and await _stands_at_head(
                connection, service
            )
    except DBAPIError as error:
        if is_unavailable(error):
            raise
        return False


async def _stands_at_head(connection: AsyncConnection, part: str) -> bool:
    revision = table(f"{part}_revision", column("version_num"))
    found = (await connection.execute(select(revision.c.version_num))).scalars().all()
    return bool(found) and max(found) >= newest_revision(part)


def newest_revision(part: str) -> str:
    """The last file's, of `shared` or of a service; its number stands before the underscore."""
    folder = ROOT / ("shared" if part == "shared" else f"services/{part}") / "migrations"
    return max(path.name for path in folder.glob("[0-9]*.py")).partition("_")[0]
