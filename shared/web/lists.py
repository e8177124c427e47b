"""Lists: `?limit&after` in, `{items, next}` out; `after` is an opaque place in a stable order."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel
from sqlalchemy import BigInteger, Date, Integer, Select, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeEngine

from shared.database import Id, Instant
from shared.refusals import Refused

T = TypeVar("T")
LARGEST_PAGE = 500


class PlaceIsNotValid(Refused):
    """`after` was not given out by this list."""

    status = 422
    title = "The place to go on from is not of this list"


class Listed(BaseModel, Generic[T]):
    """A page of a list, and where the next one starts, if there is one."""

    items: list[T]
    next: str | None = None


class Place(BaseModel):
    """How many are wanted, and after which."""

    limit: int
    after: str | None


def _place(
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 100,
    after: Annotated[str | None, Query(max_length=400)] = None,
) -> Place:
    return Place(limit=limit, after=after)


Paged = Annotated[Place, Depends(_place)]


async def listed(
    connection: AsyncConnection,
    query: Select[Any],
    place: Place,
    *,
    order: Sequence[ColumnElement[Any]],
    show: Callable[[Any], T],
) -> Listed[T]:
    """One page of a query. `order` must be unique together and never NULL, and its columns in the
    query: texts, whole numbers, dates, instants or ids."""
    if place.after:
        query = query.where(tuple_(*order) > tuple_(*_read(place.after, order)))
    rows = (await connection.execute(query.order_by(*order).limit(place.limit + 1))).all()
    page = rows[: place.limit]
    after = _place_of(page[-1], order) if len(rows) > place.limit else None
    return Listed[T](items=[show(row) for row in page], next=after)


async def place_before(
    connection: AsyncConnection,
    query: Select[Any],
    place: Place,
    *,
    order: Sequence[ColumnElement[Any]],
) -> str | None:
    """Where the page before this one starts; None: at the beginning."""
    if not place.after:
        return None
    until = query.where(tuple_(*order) <= tuple_(*_read(place.after, order)))
    backwards = until.order_by(*(one.desc() for one in order)).offset(place.limit).limit(1)
    row = (await connection.execute(backwards)).one_or_none()
    return None if row is None else _place_of(row, order)


def _place_of(row: Any, order: Sequence[ColumnElement[Any]]) -> str:
    return _write([getattr(row, str(one.key)) for one in order])


def _write(values: Sequence[Any]) -> str:
    plain = [value if isinstance(value, int) else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).rstrip(b"=").decode()


def _read(after: str, order: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    try:
        values = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            raise PlaceIsNotValid
        return [
            literal(_typed(value, column.type), column.type)
            for value, column in zip(values, order, strict=True)
        ]
    except (ValueError, TypeError, OverflowError):
        raise PlaceIsNotValid from None


def _typed(value: Any, kind: TypeEngine[Any]) -> Any:
    """The value of a column of this type; what the database could not compare is refused."""
    if isinstance(kind, Integer):
        bits = 63 if isinstance(kind, BigInteger) else 31
        if type(value) is not int or not -(2**bits) <= value < 2**bits:
            raise PlaceIsNotValid
        return value
    if not isinstance(value, str) or not value.isprintable():
        raise PlaceIsNotValid
    match kind:
        case Id():
            return UUID(value)
        case Instant():
            return _aware(datetime.fromisoformat(value))
        case Date():
            return date.fromisoformat(value)
    return value


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise PlaceIsNotValid
    return moment.astimezone(UTC)
