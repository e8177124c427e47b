"""Many rows in one statement: PostgreSQL takes a column as an array, SQLite a row at a time.

A statement is the same for any number of rows, so that it is prepared once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    String,
    Table,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator, TypeEngine


def insert_of(dialect: str, table: Table, names: Sequence[str]) -> Any:
    """An insert of rows that have these columns, to be run with `parameters_of` them."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    arrays = [bindparam(name, type_=_array_of(table.c[name].type)) for name in names]
    rows = select(*(func.unnest(array) for array in arrays))
    return postgresql.insert(table).from_select(list(names), rows)


def one_of(dialect: str, column: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether a column has one of the values that are given under this name."""
    if dialect == "sqlite":
        return column.in_(bindparam(name, expanding=True))
    return column == any_(bindparam(name, type_=_array_of(column.type)))


def parameters_of(
    connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | list[dict[str, Any]]:
    """What the insert is run with. All rows have the columns of the first."""
    if connection.dialect.name == "sqlite":
        return [dict(row) for row in rows]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _array_of(kind: TypeEngine[Any]) -> ARRAY[Any]:
    """Of one dimension, or else a JSON list would be taken for more of them."""
    return ARRAY(_unbounded(kind), dimensions=1)


def _unbounded(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Without its length: what is cast to a length is cut off to it, and nobody is told."""
    if isinstance(kind, String):
        return String()
    if isinstance(kind, TypeDecorator):
        kind = kind.copy()
        kind.impl = String() if isinstance(kind.impl, String) else kind.impl
    return kind
