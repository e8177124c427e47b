"""An import as it is first written: the whole file in memory, and the ORM a row at a time."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from openpyxl import load_workbook
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from services.registration.facts import nomination_fact, person_details
from services.registration.tables import (
    METADATA,
    call,
    nomination,
    person,
)
from shared.contracts import Envelope, Event, encode
from shared.contracts.registration import NominationSubmitted
from shared.ids import new_id
from shared.tables import outbox


class Model(DeclarativeBase):
    """The tables of registration as classes."""

    metadata = METADATA


class Person(Model):
    __table__: ClassVar[Table] = person


class Nomination(Model):
    __table__: ClassVar[Table] = nomination


class OutboxRow(Model):
    __table__: ClassVar[Table] = outbox


async def import_naively(url: str, call_id: str, path: Path) -> dict[str, Any]:
    """Person, nomination and their two events in a transaction for each row."""
    engine = create_async_engine(url)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    async with sessions() as session:
        query = select(call).where(call.c.id == UUID(call_id))
        held = (await session.execute(query)).mappings().one()
    for row in read_naively(path):
        await _import(sessions, dict(held), row)
    await engine.dispose()
    return {}


def read_naively(path: Path) -> list[Mapping[str, Any]]:
    """All rows at once."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(content.decode())))
    heading, *rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


async def _import(
    sessions: async_sessionmaker[AsyncSession], held: Mapping[str, Any], row: Mapping[str, Any]
) -> None:
    officer = _person(row)
    nominated = _nomination(held, officer, row)
    async with sessions.begin() as session:
        mine = (Nomination.call_id == held["id"]) & (Nomination.party == "JO")  # type: ignore[attr-defined]
        called = Nomination.officer_reference == row["officer_reference"]  # type: ignore[attr-defined]
        if (await session.execute(select(Nomination).where(mine, called))).first():
            return
        session.add(Person(**officer))
        session.add(Nomination(**nominated))
        for event in (
            person_details(officer, "JO"),
            nomination_fact(NominationSubmitted, nominated),
        ):
            session.add(OutboxRow(**_told(event)))


def _person(row: Mapping[str, Any]) -> dict[str, Any]:
    latin = {"script": "Latn", "given": row["given_name"], "family": row["family_name"]}
    return {
        "id": new_id(),
        "party": "JO",
        "subject": None,
        "officer_reference": row["officer_reference"],
        "names": [{**latin, "on_passport": True}],
        "sex": row["sex"],
        "email": row["email"],
        "phone": row["phone"],
        "language": row["language"],
        "wants_email": True,
        "wants_sms": False,
        "contact_directly": True,
        "calendar_country": None,
        "unit": row["unit"],
        "unit_name": row["name of the unit"],
        "rank_title": row["rank"],
        "rank_band": row["rank band"],
        "specialisms": ["biometrics", "training"],
        "languages": ["fr"],
        "serving_since": date.fromisoformat(row["serving since"]),
        "version": 1,
        "erased_at": None,
    }


def _nomination(
    held: Mapping[str, Any], officer: Mapping[str, Any], row: Mapping[str, Any]
) -> dict[str, Any]:
    copied = ("party", "officer_reference", "sex", "unit", "rank_band", "specialisms")
    return {
        "id": new_id(),
        "call_id": held["id"],
        "activity_id": held["activity_id"],
        "project_id": held["project_id"],
        "person_id": officer["id"],
        **{name: officer[name] for name in copied},
        "languages": ["ar", "fr"],
        "priority": int(row["priority"]),
        "status": "submitted",
        "late": False,
        "lot": "0" * 64,
        "submitted_at": datetime.now(UTC),
        "confirmed_at": None,
        "version": 1,
    }


def _told(event: Event) -> dict[str, Any]:
    identity = new_id()
    envelope = Envelope(
        id=str(identity),
        source="urn:cadre:bench:registration",
        type=event.type,
        time=datetime.now(UTC),
        party=event.concerned_party,
        partitionkey=event.partitionkey,
        sequence=f"{1:020}",
        correlationid="bench",
        actor="focal_point",
        data=event.model_dump(mode="json", exclude_none=True),
    )
    return {
        "event_id": identity,
        "type": event.type,
        "body": encode(envelope),
        "staged_at": datetime.now(UTC),
    }
