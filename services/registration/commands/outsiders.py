"""Other systems take part: registered, described anew, suspended, removed (admin)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import CONTRACTS
from shared.contracts.external import OWNERS
from shared.database import insert_new, lock_row
from shared.messaging.rabbit.management import hashed
from shared.outsiders import outsider, take_up_again
from shared.refusals import Fault, Refused
from shared.rights import require_role
from shared.web.versions import VersionHasMoved

from ..bodies.outsiders import DescribeOutsider, RegisterOutsider
from ..facts import outsider_described
from ..loading import parties, required
from ..outsiders.credentials import Credentials
from ..outsiders.provisioning import have_provisioned
from ..refusals.outsiders import (
    OutsiderExists,
    OutsiderIsRemoved,
    TypeIsNotPublic,
    TypeIsNotTaken,
)
from ..refusals.people import PartyIsNotRegistered
from ..tables import broker_account


async def register_outsider(work: Work, asked: RegisterOutsider, made: Credentials) -> Outcome:
    """Have another system take part; a code is never given twice."""
    await require_role(work)
    wrong = await _wrong(work, asked)
    if wrong:
        return wrong
    row = {
        "code": asked.outsider,
        **_described(asked),
        "state": "active",
        "key_digest": made.key_digest,
        "sequence": 1,
    }
    if not await insert_new(work.connection, outsider, [row]):
        return OutsiderExists()
    await _keep_password(work, asked.outsider, made)
    await have_provisioned(work, asked.outsider, 1)
    return [outsider_described(row)]


async def describe_outsider(
    work: Work, code: str, asked: DescribeOutsider, version: int
) -> Outcome:
    """Change for whom a system speaks, and what it may send and read."""
    await require_role(work)
    wrong = await _wrong(work, asked)
    return wrong or await _change(work, code, _described(asked), version)


async def give_new_secrets(work: Work, code: str, made: Credentials) -> Outcome:
    """A new key and a new password; the old ones are good for nothing from now on."""
    await require_role(work)
    return await _change(work, code, {"key_digest": made.key_digest}, made=made)


async def suspend_outsider(work: Work, code: str) -> Outcome:
    """A system takes no part until it is resumed."""
    await require_role(work)
    return await _change(work, code, {"state": "suspended"})


async def resume_outsider(work: Work, code: str) -> Outcome:
    """A suspended system takes part again, with the secrets it had."""
    await require_role(work)
    return await _change(work, code, {"state": "active"})


async def remove_outsider(work: Work, code: str) -> Outcome:
    """A system takes part no more; what it sent, and its code, stay."""
    await require_role(work)
    ended = {"state": "removed", "key_digest": None}
    outcome = await _change(work, code, ended)
    mine = broker_account.c.code == code
    await work.connection.execute(broker_account.update().where(mine).values(password_hash=None))
    return outcome


async def _change(
    work: Work,
    code: str,
    changed: dict[str, Any],
    version: int | None = None,
    made: Credentials | None = None,
) -> Outcome:
    """Write what is new, tell of it, and have the broker follow. Raises `NotFound`."""
    await lock_row(work.connection, outsider, code=code)
    kept = await required(work, select(outsider).where(outsider.c.code == code))
    if version not in (None, kept["sequence"]):
        return VersionHasMoved()
    row = {**kept, **changed, "sequence": kept["sequence"] + 1}
    if all(kept[name] == value for name, value in changed.items()):
        return None
    if kept["state"] == "removed":
        return OutsiderIsRemoved()
    await work.connection.execute(outsider.update().where(outsider.c.code == code).values(**row))
    if made:
        await _keep_password(work, code, made)
    await have_provisioned(work, code, row["sequence"])
    if row["state"] == "active":
        await take_up_again(work, code)
    return [outsider_described(row)]


async def _keep_password(work: Work, code: str, made: Credentials) -> None:
    """Its account in the broker, where there is one."""
    if made.password is None:
        return
    kept = hashed(made.password)
    row = {"code": code, "user_name": made.user, "password_hash": kept, "reached": 0}
    if not await insert_new(work.connection, broker_account, [row]):
        mine = broker_account.c.code == code
        changed = broker_account.update().where(mine).values(password_hash=kept)
        await work.connection.execute(changed)


def _described(asked: DescribeOutsider) -> dict[str, Any]:
    return {name: sorted({*getattr(asked, name)}) for name in ("parties", "sends", "receives")}


async def _wrong(work: Work, asked: DescribeOutsider) -> Refused | None:
    """What is wrong with the parties or the types, each by its place."""
    registered = await parties(work, asked.parties)
    public = {name for name, event in CONTRACTS.items() if event.public}
    return (
        _outside(PartyIsNotRegistered, "parties", asked.parties, registered)
        or _outside(TypeIsNotTaken, "sends", asked.sends, OWNERS)
        or _outside(TypeIsNotPublic, "receives", asked.receives, public)
    )


def _outside(
    refusal: type[Refused], field: str, named: Collection[str], known: Collection[str]
) -> Refused | None:
    faults = [
        Fault(f"{field}.{place}", refusal.code(), refusal.title)
        for place, name in enumerate(named)
        if name not in known
    ]
    return refusal(faults=faults) if faults else None
