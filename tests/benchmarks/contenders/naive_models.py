"""What the naive chain keeps, as classes of the ORM."""

from typing import ClassVar

from sqlalchemy import BigInteger, LargeBinary, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .nominations import METADATA, nomination


class Model(DeclarativeBase):
    """Their tables stand beside those of the other contenders."""

    metadata = METADATA


class Nomination(Model):
    """The state that is imported, and the copy that consumers keep."""

    __table__: ClassVar[Table] = nomination


class OutboxRow(Model):
    """An event that is still to be told."""

    __tablename__ = "naive_outbox"
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=True)
    type: Mapped[str] = mapped_column(String(120))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class InboxRow(Model):
    """An event that was taken in."""

    __tablename__ = "naive_inbox"
    event_id: Mapped[str] = mapped_column(String(200), primary_key=True)
