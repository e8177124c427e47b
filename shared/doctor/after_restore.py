"""After a service was restored to an earlier state: its next facts are made newer than those that
it no longer knows, which are listed for a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shared.context import OPERATOR, Audited, Work
from shared.contracts import CONTRACTS
from shared.ids import new_id
from shared.service import Service
from shared.tables import aggregate_sequence

from .archive import Archive, Row

ABOVE_WHAT_IS_NOT_ARCHIVED = 1_000_000
"""Personal data is never archived: how far such an aggregate had counted nobody can tell, so it
goes on from a number that it had not reached."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A fact that others were told, and that its own service no longer knows."""

    type: str
    about: str
    """The aggregate: its kind and its id."""
    sequence: int
    time: str
    actor: str
    """The role of the person who caused it; the service itself where another fact or a job did."""
    event_id: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What was found, and what was done about it."""

    lost: Sequence[Lost]
    raised: int
    """How many aggregates count on from above what the archive has."""
    doubtful: int
    """How many sendings ask first whether they happened."""


async def after_restore(service: Service, archive: Archive) -> Restored:
    """Raise what counts too low, and have nothing sent again unasked. Nothing may run meanwhile.

    An aggregate goes on from one above the archive's highest: what the service states anew, and
    whatever happens next, is newer than what it has lost. Raises `ArchiveIsAway`.
    """
    lost = await lost_facts(service, archive)
    found: list[int] = []

    async def act(work: Work) -> None:
        found.append(await _raise_above(work, lost))
        if service.after_restore:
            found.append(await service.after_restore(work))

    await service.context.commit(
        act,
        actor=OPERATOR,
        correlation_id=str(new_id()),
        audited=Audited("after-restore", f"{service.name}: {len(lost)} facts lost"),
    )
    return Restored(lost, found[0], found[1] if len(found) > 1 else 0)


async def lost_facts(service: Service, archive: Archive) -> list[Lost]:
    """The archived facts of this service that lie above what it has counted."""
    lost: list[Lost] = []
    async for page in archive.pages(source=service.context.source):
        reached = await _reached(service, {_aggregate(row) for row in page})
        lost += [_lost(row) for row in page if row["sequence"] > reached.get(_aggregate(row), 0)]
    return sorted(lost, key=lambda one: (one.time, one.about, one.sequence))


async def _reached(service: Service, aggregates: set[str]) -> dict[str, int]:
    query = select(aggregate_sequence).where(aggregate_sequence.c.aggregate.in_(aggregates))
    async with service.context.database.reading() as connection:
        return {row.aggregate: row.last for row in await connection.execute(query)}


async def _raise_above(work: Work, lost: Sequence[Lost]) -> int:
    highest: dict[str, int] = {}
    for one in lost:
        highest[one.about] = max(one.sequence, highest.get(one.about, 0))
    for about, sequence in highest.items():
        this = aggregate_sequence.c.aggregate == about
        await work.connection.execute(aggregate_sequence.delete().where(this))
        row = {"aggregate": about, "last": sequence + 1}
        await work.connection.execute(aggregate_sequence.insert().values(row))
    unseen = await _move_private_on(work)
    return len(highest.keys() | unseen)


async def _move_private_on(work: Work) -> set[str]:
    """Of personal data nobody can tell what was lost: all of it counts on from further up."""
    kinds = {
        event_type.aggregate
        for event_type in CONTRACTS.values()
        if event_type.private and event_type.type.startswith(f"{work.context.service}.")
    }
    named, moved = aggregate_sequence.c.aggregate, set[str]()
    for kind in kinds:
        mine = named.startswith(f"{kind}:", autoescape=True)
        further = aggregate_sequence.c.last + ABOVE_WHAT_IS_NOT_ARCHIVED
        change = aggregate_sequence.update().where(mine).values(last=further).returning(named)
        moved |= {row.aggregate for row in await work.connection.execute(change)}
    return moved


def _lost(row: Row) -> Lost:
    return Lost(
        type=row["type"],
        about=_aggregate(row),
        sequence=row["sequence"],
        time=row["time"],
        actor=row["actor"],
        event_id=row["event_id"],
    )


def _aggregate(row: Row) -> str:
    """The name under which the aggregate counts; a type that is known no more has none."""
    contract = CONTRACTS.get(row["type"])
    return f"{contract.aggregate if contract else row['type']}:{row['partitionkey']}"
