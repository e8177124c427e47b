"""Other systems that take part, and what they call officers and activities of ours.

Registration owns these facts and writes these tables itself; other services keep them as a
projection with the two handlers below.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, String, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import AliasDescribed, OutsiderDescribed
from shared.database import Document, Id, lock_row, upsert_newest
from shared.keeping import keep_newest
from shared.messaging.held import SENDER, awaits_name, release
from shared.messaging.ingress.forgetting import Called, forget_letters
from shared.refusals import NotYetKnown, Refused
from shared.rights import METADATA as METADATA

outsider = Table(
    "outsider",
    METADATA,
    Column("code", String(20), primary_key=True),
    Column("parties", Document, nullable=False),
    Column("sends", Document, nullable=False),
    Column("receives", Document, nullable=False),
    Column("state", String(10), nullable=False),  # active, suspended, removed
    Column("key_digest", String(64)),
    Column("sequence", BigInteger, nullable=False),
)

alias = Table(
    "alias",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("outsider", String(20), nullable=False),
    Column("kind", String(10), nullable=False),  # officer, activity
    Column("party", String(20), nullable=False),
    Column("reference", String(100), nullable=False),
    Column("meant_id", Id),
    Column("sequence", BigInteger, nullable=False),
    Index("alias_reference", "outsider", "kind", "reference"),
    Index("alias_meant", "meant_id"),
)

Kind = Literal["officer", "activity"]
CODE = r"^[a-z][a-z0-9-]{1,18}[a-z0-9]$"
"""How codes are spelled; parties are upper case, so that the two never meet."""
BLANK = {"reference": "", "meant_id": None}
"""What is left of an alias when the officer whom it meant is erased."""


class KeyIsNotValid(Refused):
    """The key is of no system that takes part now."""

    status = 401
    title = "This key is not valid"


@dataclass(frozen=True, slots=True)
class Outsider:
    """Another system: the parties it speaks for, the event types it may send and read."""

    code: str
    parties: frozenset[str]
    sends: frozenset[str]
    receives: frozenset[str]
    state: str

    @property
    def active(self) -> bool:
        """Whether it takes part now."""
        return self.state == "active"


@dataclass(frozen=True, slots=True)
class Meant:
    """What an outsider means by a reference: a person or an activity, and for which party."""

    id: UUID
    party: str


async def keep_outsiders(work: Work, facts: Sequence[Fact[OutsiderDescribed]]) -> None:
    """Newest: keep which systems take part, and in what; what was held meanwhile of one that may
    say it again is tried again."""
    written = await keep_newest(work, outsider, facts)
    for fact in facts:
        if fact.event.outsider in written and fact.event.state == "active":
            await take_up_again(work, fact.event.outsider)


async def take_up_again(work: Work, code: str) -> None:
    """What a system sent before it was suspended, or might say less, may be taken now."""
    work.makes_due = True
    now = work.context.clock.machine()
    await release(work.connection, SENDER, now, source=f"outsider:{code}")


async def keep_aliases(work: Work, facts: Sequence[Fact[AliasDescribed]]) -> Outcome:
    """Newest: keep what outsiders call officers and activities; nothing of who was erased."""
    erased = await work.erased(*[fact.event.meant_id for fact in facts])
    rows = [
        {
            "id": fact.event.alias_id,
            **fact.event.model_dump(exclude={"alias_id"}),
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    forgotten = [row for row in rows if row["meant_id"] in erased]
    called = [Called(row["reference"], outsider=row["outsider"]) for row in forgotten]
    for row in forgotten:
        row.update(BLANK)
    await _hold(work, {fact.event.outsider for fact in facts})
    written = {kept for (kept,) in await upsert_newest(work.connection, alias, rows)}
    work.stale += len(rows) - len(written)
    for row in rows:
        if row["id"] in written and row["meant_id"]:
            await release_named(work, row["outsider"], row["kind"], row["reference"])
    return await forget_letters(work, called)


async def release_named(work: Work, code: str, kind: str, reference: str) -> None:
    """Somebody has said whom or what a system calls so: what it sent and is held for that is tried
    again after this transaction. The system is held by now, so that nothing of it is just coming
    in."""
    work.makes_due = True
    now, awaited = work.context.clock.machine(), awaits_name(kind, reference)
    await release(work.connection, awaited, now, source=f"outsider:{code}")


async def hold_systems_naming(work: Work, called: Collection[Called]) -> None:
    """Nothing is received until the transaction ends of the systems that call an officer so."""
    await _hold(work, {one.outsider for one in called if one.outsider})


async def _hold(work: Work, codes: Collection[str]) -> None:
    for code in sorted(codes):
        await lock_row(work.connection, outsider, code=code)


async def find_outsider(connection: AsyncConnection, code: str) -> Outsider | None:
    """A system by its code, in whatever state."""
    row = await _row(connection, code)
    return None if row is None else _outsider(row)


async def active_outsiders(connection: AsyncConnection) -> Sequence[Outsider]:
    """The systems that take part now."""
    query = select(outsider).where(outsider.c.state == "active").order_by(outsider.c.code)
    return [_outsider(row) for row in await connection.execute(query)]


async def by_key(connection: AsyncConnection, key: str) -> Outsider:
    """The active system a key belongs to. Raises `KeyIsNotValid`."""
    code = key.partition(".")[0]
    row = await _row(connection, code) if re.fullmatch(CODE, code) else None
    kept = (row.key_digest if row else None) or ""
    same = hmac.compare_digest(digest_of(key), kept.ljust(64))
    if row is None or not same or row.state != "active":
        raise KeyIsNotValid
    return _outsider(row)


async def meant_by(work: Work, code: str, kind: Kind, reference: str) -> Meant | None:
    """What a system means by a reference of its own; None while nobody has said it.

    Raises `NotYetKnown` when it stands for somebody else anew, and the erasure of the first is
    still on its way here.
    """
    query = select(alias.c.meant_id, alias.c.party).where(
        alias.c.outsider == code,
        alias.c.kind == kind,
        alias.c.reference == reference,
        alias.c.meant_id.is_not(None),
    )
    rows = (await work.connection.execute(query)).all()
    if len(rows) > 1:
        raise NotYetKnown("erasure")
    return Meant(rows[0].meant_id, rows[0].party) if rows else None


async def officer_meant_by(work: Work, code: str, reference: str) -> UUID | None:
    """The officer whom a system means, where that is clear now."""
    mine = (alias.c.outsider == code) & (alias.c.kind == "officer")
    named = mine & (alias.c.reference == reference) & alias.c.meant_id.is_not(None)
    found = (await work.connection.execute(select(alias.c.meant_id).where(named))).scalars().all()
    return found[0] if len(found) == 1 else None


async def names_of(work: Work, person_id: UUID) -> list[Called]:
    """What systems call an officer."""
    theirs = (alias.c.meant_id == person_id) & (alias.c.kind == "officer")
    query = select(alias.c.reference, alias.c.outsider).where(theirs)
    return [Called(row.reference, row.outsider) for row in await work.connection.execute(query)]


def new_key(code: str) -> str:
    """A key for HTTP that says whose it is: `<code>.<256 random bits>`."""
    return f"{code}.{secrets.token_urlsafe(32)}"


def digest_of(key: str) -> str:
    """What is kept of a key: its SHA-256."""
    return hashlib.sha256(key.encode(errors="surrogateescape")).hexdigest()


async def _row(connection: AsyncConnection, code: str) -> Any:
    return (await connection.execute(select(outsider).where(outsider.c.code == code))).one_or_none()


def _outsider(row: Any) -> Outsider:
    return Outsider(
        code=row.code,
        parties=frozenset(row.parties),
        sends=frozenset(row.sends),
        receives=frozenset(row.receives),
        state=row.state,
    )
