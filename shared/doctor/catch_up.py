"""A consumer that was restored to an earlier state takes in what it missed, from the archive.

What carries personal data or a secret that stands for state is not there: its owner announces it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, union

from shared.contracts import CONTRACTS, Event
from shared.contracts.archived import encode_archived
from shared.contracts.event import secret_fields
from shared.contracts.registration import PersonErased
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import PACK_EVENTS, Delivery, Message, join
from shared.refusals import CommandFailed
from shared.service import Service
from shared.tables import deferred, inbox

from .archive import Archive, Row

MARGIN = timedelta(days=7)
"""A fact may have been on its way for so long before it was taken in."""


class NothingToCatchUpWith(CommandFailed):
    """Reporting keeps the archive: what it lost of it, it can not read there."""

    def __init__(self) -> None:
        super().__init__("reporting can not catch up from its own archive: have others announce")


class NothingTakenInYet(CommandFailed):
    """Where to start is not known: an empty inbox would have the whole past take effect."""

    def __init__(self) -> None:
        super().__init__("this service has taken nothing in yet: say --since when")


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What was handed over, and which kinds their owners have to announce."""

    since: datetime
    facts: int
    types: Sequence[str]
    announced_by: Sequence[str]
    """`<service> <kind>`: state that the archive does not hold whole."""


async def catch_up(
    service: Service, archive: Archive, *, since: datetime | None = None
) -> CaughtUp:
    """Take in every archived fact this service listens to and does not know, erasures first.

    Raises `ArchiveIsAway`, `NothingToCatchUpWith`, `NothingTakenInYet`.
    """
    if service.name == "reporting":
        raise NothingToCatchUpWith
    begin = since or await _newest_taken_in(service) - MARGIN
    dispatcher = Dispatcher(service.context, service.reactions)
    told: dict[str, int] = {}
    for event_type in _read_from_the_archive(service):
        async for page in archive.pages(event_type=event_type.type, since=begin):
            missing = await _unknown(service, page)
            for first in range(0, len(missing), PACK_EVENTS):
                some = missing[first : first + PACK_EVENTS]
                bodies = [encode_archived(row["body"], event_type) for row in some]
                await dispatcher.dispatch(Delivery(Message(event_type.type, join(bodies))))
            if missing:
                told[event_type.type] = told.get(event_type.type, 0) + len(missing)
    kinds = sorted(_to_be_announced(service))
    return CaughtUp(begin, sum(told.values()), sorted(told), kinds)


def _read_from_the_archive(service: Service) -> Iterator[type[Event]]:
    """Erasures first: nothing personal is to be made again of who was erased meanwhile."""
    mine = [CONTRACTS[name] for name in sorted(service.reactions.types & CONTRACTS.keys())]
    readable = [
        one for one in mine if not (one.private or one.stated or _is_state_with_secret(one))
    ]
    yield from (one for one in readable if one is PersonErased)
    yield from (one for one in readable if one is not PersonErased)


def _to_be_announced(service: Service) -> Iterator[str]:
    for name in service.reactions.types & CONTRACTS.keys():
        contract = CONTRACTS[name]
        if contract.stated and (contract.private or any(secret_fields(contract))):
            publisher, kind = name.split(".")[:2]
            yield f"{publisher} {kind}"


def _is_state_with_secret(event_type: type[Event]) -> bool:
    """Kept with its secret blanked, it would shut somebody out."""
    return event_type.whole and any(secret_fields(event_type))


async def _newest_taken_in(service: Service) -> datetime:
    async with service.context.database.reading() as connection:
        found = await connection.execute(select(func.max(inbox.c.taken_at)))
        newest: datetime | None = found.scalar_one()
    if newest is None:
        raise NothingTakenInYet
    return newest


async def _unknown(service: Service, page: Sequence[Row]) -> list[Row]:
    """Those that were not taken in, and do not wait here either, with their secrets."""
    ids = [row["event_id"] for row in page]
    known = union(
        *(
            select(table.c.source, table.c.event_id).where(table.c.event_id.in_(ids))
            for table in (inbox, deferred)
        )
    )
    async with service.context.database.reading() as connection:
        found = {(row.source, row.event_id) for row in await connection.execute(known)}
    return [row for row in page if (row["source"], row["event_id"]) not in found]
