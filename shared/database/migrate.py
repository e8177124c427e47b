"""Schema migrations (Alembic): a service's own tables, and those of `shared`, each with its own
version table, so that either can move without the other."""

import asyncio
import sys
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from shared.database.engines import Database
from shared.database.heads import is_at_head

ROOT = Path(__file__).parents[2]
ENVIRONMENT = Path(__file__).parent / "alembic"


async def migrate(database: Database, service: str) -> None:
    """Bring a service's database to the head revision of `shared` and of the service, where it has
    not been brought there, or further by the next release."""
    if await is_at_head(database, service):
        return
    async with database.writer.connect() as connection:
        for part in ("shared", service):
            await connection.run_sync(_upgrade, part)
            await connection.commit()


def configure(part: str, *, metadata: MetaData | None = None) -> Config:
    """The Alembic configuration of one part: `shared`, or a service."""
    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    folder = ROOT / ("shared" if part == "shared" else f"services/{part}") / "migrations"
    config.set_main_option("version_locations", str(folder))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["version_table"] = f"{part}_revision"
    config.attributes["metadata"] = metadata
    return config


def _upgrade(connection: Connection, part: str) -> None:
    config = configure(part)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _write_revision(connection: Connection, config: Config, message: str) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    written = ScriptDirectory.from_config(config).walk_revisions()
    number = f"{len(list(written)) + 1:04}"
    command.revision(config, message=message, autogenerate=True, rev_id=number)


async def write_revision(
    part: str, message: str, metadata: MetaData, *, url: str = "sqlite+aiosqlite:///:memory:"
) -> None:
    """Write a new revision from the difference between the tables and the migrations so far."""
    database = Database(url)
    async with database.writer.connect() as connection:
        await connection.run_sync(_write_revision, configure(part, metadata=metadata), message)
    await database.close()


if __name__ == "__main__":
    part, message = sys.argv[1:3]
    module = "shared.outsiders" if part == "shared" else f"services.{part}.tables"
    asyncio.run(write_revision(part, message, import_module(module).METADATA))
