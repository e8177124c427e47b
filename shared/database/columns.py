"""Column types of our own: the stock ones silently lose zones and cents on SQLite."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CHAR, DateTime, Dialect, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as POSTGRESQL_UUID
from sqlalchemy.types import TypeDecorator, TypeEngine


class NaiveTime(ValueError):
    """A time without a zone was about to be stored."""


class AmountIsNotFinite(ValueError):
    """A sum of money is a finite number in a currency of three letters."""


class Instant(TypeDecorator[datetime]):
    """A moment: aware in, UTC stored, aware out; a naive time is refused with `NaiveTime`.

    On SQLite the text has a fixed width, so that it sorts and compares as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveTime("a stored time needs a zone")
        moment = value.astimezone(UTC)
        if dialect.name == "sqlite":
            return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        return moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact sum of money in one currency (ISO 4217)."""

    value: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not (self.value.is_finite() and len(self.currency) == 3 and self.currency.isalpha()):
            raise AmountIsNotFinite

    def __str__(self) -> str:
        return f"{self.value:f} {self.currency}"


class Money(TypeDecorator[Amount]):
    """An amount, kept to the digit: `163850.00 USD`. Sums are made in Python, in Decimal."""

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: Amount | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Amount | None:
        if value is None:
            return None
        number, currency = value.split(" ")
        return Amount(Decimal(number), currency)


class Id(TypeDecorator[UUID]):
    """A UUID: the native type on PostgreSQL, readable text on SQLite."""

    impl = CHAR(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(POSTGRESQL_UUID(as_uuid=True))
        return dialect.type_descriptor(CHAR(36))

    def process_bind_param(self, value: UUID | str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        identity = value if isinstance(value, UUID) else UUID(value)
        return identity if dialect.name == "postgresql" else str(identity)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None:
            return None
        return value if isinstance(value, UUID) else UUID(value)


class Document(TypeDecorator[Any]):
    """A JSON value; the same text for the same value, whatever the order of its keys.

    None is the absence of a value (NULL), on both databases.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.loads(value)


class LocalizedText(Document):
    """A text by language tag (BCP 47): `{"ar": …, "en": …}`."""

    cache_ok = True
