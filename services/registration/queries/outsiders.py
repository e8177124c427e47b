"""Other systems and their aliases as they are shown; secrets are shown once, when made."""

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, select

from shared.context import Work
from shared.outsiders import alias, outsider
from shared.refusals import NotFound
from shared.rights import require_role
from shared.web.lists import Listed, Place, listed

from ..commands.aliases import named_so
from ..loading import Stored, by_id, required
from ..outsiders.accounts import queue_of
from ..outsiders.credentials import Credentials
from ..tables import broker_account


class AccountShown(BaseModel):
    """Where a system connects to the broker."""

    address: str | None
    """The broker as other systems reach it."""
    user: str
    queue: str
    ready: bool
    """Whether the broker has followed what is shown here."""
    password: str | None = None
    """Shown once, when it is made."""


class OutsiderShown(BaseModel):
    """Another system that takes part."""

    outsider: str
    version: int
    parties: list[str]
    sends: list[str]
    receives: list[str]
    state: Literal["active", "suspended", "removed"]
    broker: AccountShown | None
    """Null where systems take part by HTTP alone."""
    key: str | None = None
    """For HTTP. Shown once, when it is made."""


class AliasShown(BaseModel):
    """What a system calls an officer or an activity; null: nobody any more."""

    id: UUID
    version: int
    outsider: str
    kind: Literal["officer", "activity"]
    party: str
    reference: str
    meant_id: UUID | None


async def show_outsider(
    work: Work, code: str, address: str | None, made: Credentials | None = None
) -> OutsiderShown:
    """One system (admin, auditor), with its secrets when they were just made."""
    await require_role(work, "auditor")
    shown = _shown(await required(work, _systems().where(outsider.c.code == code)), address)
    if made is None:
        return shown
    broker = shown.broker and shown.broker.model_copy(update={"password": made.password})
    return shown.model_copy(update={"key": made.key, "broker": broker})


async def list_outsiders(work: Work, place: Place, address: str | None) -> Listed[OutsiderShown]:
    """All systems, by code (admin, auditor)."""
    await require_role(work, "auditor")
    return await listed(
        work.connection,
        _systems(),
        place,
        order=[outsider.c.code],
        show=lambda row: _shown(dict(row._mapping), address),
    )


async def show_alias(work: Work, code: str, kind: str, reference: str) -> AliasShown:
    """The alias of a reference."""
    found = await named_so(work, code, kind, reference)
    if found is None:
        raise NotFound
    return _alias(found)


async def show_alias_by_id(work: Work, alias_id: UUID) -> AliasShown:
    """One alias."""
    return _alias(await by_id(work, alias, alias_id))


async def list_aliases(work: Work, code: str, place: Place) -> Listed[AliasShown]:
    """What a system calls officers and activities, without those of who was erased (admin)."""
    await require_role(work)
    await required(work, select(outsider.c.code).where(outsider.c.code == code))
    query = select(alias).where(alias.c.outsider == code, alias.c.reference != "")
    return await listed(
        work.connection,
        query,
        place,
        order=[alias.c.id],
        show=lambda row: _alias(dict(row._mapping)),
    )


def _systems() -> Select[Any]:
    in_broker = (broker_account.c.reached, broker_account.c.user_name)
    joined = outsider.outerjoin(broker_account, broker_account.c.code == outsider.c.code)
    return select(outsider, *in_broker).select_from(joined)


def _shown(row: Stored, address: str | None) -> OutsiderShown:
    code, broker = row["code"], None
    if row["reached"] is not None:
        broker = AccountShown(
            address=address,
            user=row["user_name"],
            queue=queue_of(code),
            ready=row["reached"] == row["sequence"],
        )
    return OutsiderShown(outsider=code, version=row["sequence"], broker=broker, **_own(row))


def _own(row: Stored) -> Stored:
    return {name: row[name] for name in ("parties", "sends", "receives", "state")}


def _alias(row: Stored) -> AliasShown:
    return AliasShown(version=row["sequence"], **row)
