"""The clock that all who share a database have in common: the server's, where there is one.

Who may take work from whom is told by it, since the machines' own clocks differ, and jump.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, func, literal
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database.columns import Instant


def common_now(
    connection: AsyncConnection, machine: datetime, after: timedelta = timedelta()
) -> ColumnElement[Any]:
    """Now, or some time after. A file has one process at a time, and so its machine's time."""
    if connection.dialect.name == "sqlite":
        return literal(machine + after, Instant)
    return func.clock_timestamp(type_=DateTime(timezone=True)) + after


def as_machine_time(
    connection: AsyncConnection, machine: datetime, moment: ColumnElement[Any]
) -> ColumnElement[Any]:
    """A moment of the common clock, as this machine's clock will show it."""
    if connection.dialect.name == "sqlite":
        return moment
    ahead = moment - func.clock_timestamp(type_=DateTime(timezone=True))
    return literal(machine, Instant) + ahead
