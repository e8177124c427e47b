"""Empty databases for tests: a file for SQLite, a database of its own on the PostgreSQL server."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url


def sqlite_database(folder: Path, name: str) -> str:
    """The SQLAlchemy URL of a file that does not exist yet."""
    return f"sqlite+aiosqlite:///{folder / name}.sqlite"


@asynccontextmanager
async def fresh_database(admin_url: str, options: str = "TEMPLATE template0") -> AsyncIterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database, which is dropped afterwards."""
    name = fresh_name()
    url = await make_database(admin_url, name, options)
    try:
        yield url
    finally:
        await drop_database(admin_url, name)


def fresh_name() -> str:
    """A name that no other test uses."""
    return f"test_{uuid.uuid4().hex}"


async def make_database(admin_url: str, name: str, options: str = "TEMPLATE template0") -> str:
    """The SQLAlchemy URL of a new and empty PostgreSQL database."""
    await _execute(admin_url, f"CREATE DATABASE {name} {options}")
    url = make_url(admin_url).set(drivername="postgresql+asyncpg", database=name)
    return url.render_as_string(hide_password=False)


async def drop_database(admin_url: str, name: str) -> None:
    """Remove a database, whoever still uses it."""
    await _execute(admin_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(admin_url: str, statement: str) -> None:
    plain = make_url(admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain, timeout=30)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
