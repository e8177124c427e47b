"""Has the databases themselves note every row that goes back to a lower sequence.

What polls can miss a moment; a trigger sees each change.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Table

from .books import Books, Files

COLUMNS = ("sequence", "last")
_ON_SQLITE = """
CREATE TRIGGER IF NOT EXISTS "witness_{table}" AFTER UPDATE OF {column} ON "{table}"
WHEN NEW.{column} < OLD.{column}
BEGIN INSERT INTO regression VALUES ('{table}', OLD.{column}, NEW.{column}); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION note_regression() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
$$ BEGIN INSERT INTO public.regression VALUES (TG_TABLE_NAME, 0, 0); RETURN NEW; END $$
"""
_ON_POSTGRESQL = """
CREATE OR REPLACE TRIGGER "witness_{table}" AFTER UPDATE OF {column} ON "{table}" FOR EACH ROW
WHEN (NEW.{column} < OLD.{column}) EXECUTE FUNCTION note_regression()
"""


async def watch_all(books: Books, tables: Mapping[str, Iterable[Table]]) -> None:
    """Watch every table that the services declare to count; none may be overlooked."""
    declared = sum(
        column.name in COLUMNS
        for several in tables.values()
        for table in several
        for column in table.columns
    )
    watched = await watch(books, tables)
    assert watched == declared > 0, f"{watched} tables are watched, and {declared} count"


async def watch(books: Books, services: Iterable[str]) -> int:
    """Watch every table that counts; how many there are."""
    watched = 0
    for service in services:
        table = "CREATE TABLE IF NOT EXISTS regression (what TEXT, was BIGINT, became BIGINT)"
        await books.write(service, table)
        is_sqlite = isinstance(books, Files)
        if not is_sqlite:
            await books.write(service, _FUNCTION)
        for name, column in await _counting(books, service):
            statement = _ON_SQLITE if is_sqlite else _ON_POSTGRESQL
            await books.write(service, statement.format(table=name, column=column))
            watched += 1
    return watched


async def regressions(books: Books, services: Iterable[str]) -> list[str]:
    """The tables in which a row went back, once for each time."""
    return [
        f"{service}.{row[0]}"
        for service in services
        for row in await books.read(service, "SELECT what FROM regression")
    ]


async def _counting(books: Books, service: str) -> list[tuple[str, str]]:
    """Tables with a column that may only grow."""
    if isinstance(books, Files):
        query = (
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        )
    else:
        query = (
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public'"
        )
    found = await books.read(service, query)
    return [(str(table), str(column)) for table, column in found if column in COLUMNS]
