"""What is measured with: nominations, the fact of ours that the most services listen to."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, String, Table, func

from shared.contracts.registration import NominationSubmitted
from shared.database import Id, Instant
from shared.ids import new_id
from shared.keeping import keep
from shared.messaging.reactions import Reactions, newest

METADATA = MetaData()
PUBLISHER = "registration"
CONSUMERS = ("scheduling", "notifications", "reporting")
PARTIES = ("JO", "LB", "EG", "PS", "IQ", "MA", "TN", "DZ")

nomination = Table(
    "nomination",
    METADATA,
    Column("nomination_id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("kept_at", DateTime(timezone=True), server_default=func.clock_timestamp()),
)
"""Where every contender keeps them; the database notes when."""


def submitted(number: int) -> Iterator[NominationSubmitted]:
    """So many nominations, each of its own officer."""
    call, activity, project = new_id(), new_id(), new_id()
    for place in range(number):
        yield NominationSubmitted(
            nomination_id=new_id(),
            call_id=call,
            activity_id=activity,
            project_id=project,
            person_id=new_id(),
            party=PARTIES[place % len(PARTIES)],
            sex="female" if place % 2 else "male",
            unit="cybercrime",
            rank_band="senior",
            priority=1 + place % 9,
            status="submitted",
            submitted_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
        )


def row_of(event: NominationSubmitted) -> dict[str, object]:
    """The columns of one nomination, as it is kept at first."""
    columns = {*nomination.columns.keys()} - {"sequence", "kept_at"}
    return {**event.model_dump(include=columns), "sequence": 1}


def reactions_of(service: str) -> Reactions:
    """Each of the services that listen keeps a copy."""
    return Reactions(service, [newest(NominationSubmitted, keep(nomination))])
