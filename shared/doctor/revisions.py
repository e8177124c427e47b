"""Where the tables of a database stand."""

from sqlalchemy import column, select, table
from sqlalchemy.exc import DBAPIError

from shared.database import Database


async def revision_of(database: Database, part: str) -> str | None:
    """The number of the migration that a database stands at; None where there was none."""
    revision = table(f"{part}_revision", column("version_num"))
    try:
        async with database.reading() as connection:
            found = (await connection.execute(select(revision.c.version_num))).scalar_one_or_none()
    except DBAPIError:
        return None
    return None if found is None else str(found)
