"""Whether a database is at its head revision, told without loading what would bring it there."""

from pathlib import Path

from sqlalchemy import column, select, table
from sqlalchemy.exc import DBAPIError

from shared.database.engines import Database

ROOT = Path(__file__).parents[2]


async def is_at_head(database: Database, service: str) -> bool:
    """Whether nothing is left to migrate, of `shared` and of the service."""
    return await _stands_at_head(database, "shared") and await _stands_at_head(database, service)


async def _stands_at_head(database: Database, part: str) -> bool:
    """The newest revision is the last file, and its number stands before the first underscore."""
    folder = ROOT / ("shared" if part == "shared" else f"services/{part}") / "migrations"
    newest = max(path.name for path in folder.glob("[0-9]*.py"))
    revision = table(f"{part}_revision", column("version_num"))
    try:
        async with database.reading() as connection:
            found = (await connection.execute(select(revision.c.version_num))).scalars().all()
    except DBAPIError:
        return False
    return list(found) == [newest.partition("_")[0]]
