"""Makes the broker hold what a system is to have there, and nothing else; any number of times."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from sqlalchemy import select

from shared.context import Act, Context, Outcome, Work
from shared.jobs import DoJob, Job, Later, TryAgain, plan
from shared.messaging.rabbit.management import (
    HASHED_BY,
    Management,
    ManagementIsAway,
    managing,
)
from shared.messaging.transport import Exchange
from shared.outsiders import outsider

from ..tables import broker_account
from .accounts import QUEUE, Account, queue_of
from .broker import Broker

PROVISION = "provision-outsider"
_ACCOUNT = select(outsider, broker_account.c.user_name, broker_account.c.password_hash).join(
    broker_account, broker_account.c.code == outsider.c.code
)


async def have_provisioned(work: Work, code: str, sequence: int) -> None:
    """Have the broker follow what was described, where the system has an account there."""
    has_account = select(broker_account.c.code).where(broker_account.c.code == code)
    if (await work.connection.execute(has_account)).first():
        later = Later(PROVISION, f"{code}/{sequence}", {"outsider": code}, work.now)
        await plan(work, later)


def provisioning(broker: Broker) -> DoJob:
    """The job that brings the broker to where a system's row stands when it runs."""

    async def provision(job: Job, context: Context) -> Act | None:
        account = await _account(context, job.payload["outsider"])
        try:
            async with managing(broker.administrator) as management:
                await _steps(account.state)(management, broker.vhost, account)
        except ManagementIsAway as away:
            raise TryAgain(str(away), for_ever=True) from None
        return partial(_note, account=account)

    return provision


async def make(management: Management, vhost: str, account: Account) -> None:
    """User, queue, bindings, rights. Who was connected by older rights connects anew."""
    known = await management.get("users", account.user)
    hashed = {"password_hash": account.password_hash, "hashing_algorithm": HASHED_BY}
    await management.put("users", account.user, body={**hashed, "tags": ""})
    await management.put("queues", vhost, account.queue, body=QUEUE)
    await _bind(management, vhost, account)
    await management.put("topic-permissions", vhost, account.user, body=account.topics)
    await management.put("permissions", vhost, account.user, body=account.rights)
    if known:
        await _disconnect(management, account)


async def suspend(management: Management, vhost: str, account: Account) -> None:
    """No rights, no connection; the queue stays, and what it holds."""
    await management.delete("permissions", vhost, account.user)
    await _disconnect(management, account)


async def remove(management: Management, vhost: str, account: Account) -> None:
    """Nothing of it stays."""
    await suspend(management, vhost, account)
    await management.delete("users", account.user)
    await management.delete("queues", vhost, account.queue)


def _steps(state: str) -> Callable[[Management, str, Account], Awaitable[None]]:
    match state:
        case "active":
            return make
        case "suspended":
            return suspend
    return remove


async def _bind(management: Management, vhost: str, account: Account) -> None:
    """Bind what is wanted first, and only then take away what is stale."""
    bound: list[dict[str, Any]] = (
        await management.get("queues", vhost, account.queue, "bindings") or []
    )
    keys = {one["routing_key"]: one for one in bound if one["source"] == Exchange.PUBLIC}
    path = ("bindings", vhost, "e", Exchange.PUBLIC, "q", account.queue)
    for routing_key in sorted(account.routing_keys - keys.keys()):
        await management.post(*path, body={"routing_key": routing_key})
    for routing_key in sorted(keys.keys() - account.routing_keys):
        await management.delete(*path, keys[routing_key]["properties_key"])


async def _disconnect(management: Management, account: Account) -> None:
    await management.delete("connections", "username", account.user)


async def _account(context: Context, code: str) -> Account:
    async with context.database.reading() as connection:
        row = (await connection.execute(_ACCOUNT.where(outsider.c.code == code))).one()
    return Account(
        code=row.code,
        state=row.state,
        parties=frozenset(row.parties),
        sends=frozenset(row.sends),
        receives=frozenset(row.receives),
        user=row.user_name,
        password_hash=row.password_hash,
        sequence=row.sequence,
    )


async def _note(work: Work, *, account: Account) -> Outcome:
    """Note how far the broker has followed. Raises `TryAgain` when the row has moved on: what was
    just written there may be older than what another job wrote."""
    now = select(outsider.c.sequence).where(outsider.c.code == account.code)
    if (await work.connection.execute(now)).scalar_one() != account.sequence:
        raise TryAgain(f"{queue_of(account.code)} was described anew")
    mine = broker_account.c.code == account.code
    reached = broker_account.update().where(mine).values(reached=account.sequence)
    await work.connection.execute(reached)
    return None
