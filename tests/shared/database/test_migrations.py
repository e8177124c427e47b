"""Migrations end in the very tables that the code declares: for `shared`, and for each service."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, MetaData, String, inspect
from sqlalchemy.schema import SchemaItem

from shared.database import Database
from shared.database.migrate import ROOT, migrate, write_revision

PARTS = [
    "shared",
    *sorted(folder.parent.parent.name for folder in ROOT.glob("services/*/migrations/0001_*.py")),
]


@pytest.mark.parametrize("part", PARTS)
async def test_migrated_tables_are_the_declared_ones(part: str, database_url: str) -> None:
    database = Database(database_url)

    await migrate(database, part)

    async with database.writer.connect() as connection:
        assert await connection.run_sync(differences, metadata_of("shared")) == []
        assert await connection.run_sync(differences, metadata_of(part)) == []
    await database.close()


@pytest.mark.parametrize("part", PARTS)
async def test_migrating_again_changes_nothing(part: str, database_url: str) -> None:
    database = Database(database_url)
    await migrate(database, part)
    before = await all_tables(database)

    await migrate(database, part)

    assert await all_tables(database) == before
    assert {f"{part}_revision", "shared_revision"} <= before
    await database.close()


async def test_change_of_a_table_without_a_migration_is_noticed(database_url: str) -> None:
    database = Database(database_url)
    await migrate(database, "shared")
    changed = MetaData()
    story = metadata_of("shared").tables["story"].to_metadata(changed)
    story.append_column(Column("told_by", String(20)))
    story.append_column(Column("now", String(99), nullable=False), replace_existing=True)

    async with database.writer.connect() as connection:
        found = await connection.run_sync(differences, changed)

    assert {"add_column", "modify_type"} == {
        kind for one in found for kind, *_ in (one if isinstance(one, list) else [one])
    }
    await database.close()


async def test_revision_of_a_part_is_numbered_and_leaves_the_tables_of_others_alone(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = Database(database_url)
    await migrate(database, "shared")
    monkeypatch.setattr("shared.database.migrate.ROOT", tmp_path)
    revisions = tmp_path / "services" / "diaries" / "migrations"
    revisions.mkdir(parents=True)
    metadata = MetaData()
    metadata_of("shared").tables["story"].to_metadata(metadata, name="diary")

    await write_revision("diaries", "first pages", metadata, url=database_url)

    (written,) = revisions.glob("*.py")
    upgrade, _, downgrade = written.read_text().partition("def downgrade")
    assert written.name == "0001_first_pages.py"
    assert "from shared.database import Instant" in upgrade
    assert "create_table('diary'" in upgrade
    assert "drop_table" not in upgrade
    assert downgrade.count("_table(") == 1
    await database.close()


def metadata_of(part: str) -> MetaData:
    """The tables a part declares."""
    module = import_module("shared.outsiders" if part == "shared" else f"services.{part}.tables")
    metadata: MetaData = module.METADATA
    return metadata


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """What a migration would still have to change to reach these tables."""
    options = {"include_object": _is_declared, "compare_type": _is_another_type}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _is_declared(
    _item: SchemaItem, _name: str | None, kind: str, reflected: bool, compared: SchemaItem | None
) -> bool:
    return not (kind == "table" and reflected and compared is None)


def _is_another_type(
    context: MigrationContext, _reflected: Any, column: Any, found: Any, declared: Any
) -> bool | None:
    """Whether a column's type compiles to something else than was found; None: let Alembic see."""
    dialect = context.connection.dialect if context.connection else None
    return None if dialect is None else found.compile(dialect) != declared.compile(dialect)


async def all_tables(database: Database) -> set[str]:
    """The names of all tables there are."""

    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with database.writer.connect() as connection:
        return await connection.run_sync(names)
