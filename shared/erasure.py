"""Forgetting a person: what every service does the same way, in its own tables of `shared`."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from shared.context import Outcome, Work
from shared.contracts import CONTRACTS, Event, Fact
from shared.contracts.ingress import IngressEventRefused
from shared.database import insert_new
from shared.messaging.ingress.forgetting import Called, forget_letters
from shared.messaging.outbox import count
from shared.messaging.reactions import FactHandler, FactsHandler
from shared.outsiders import BLANK, alias, hold_systems_naming, names_of
from shared.rights import channel, staff_assignment
from shared.tables import deferred, file, job, outbox, stored_answer, tombstone

PRIVATE = tuple(event_type for event_type, event in CONTRACTS.items() if event.private)


async def forget(
    work: Work, person_id: UUID, *, called: Sequence[Called] = ()
) -> list[IngressEventRefused]:
    """Put up a tombstone, and purge what this service still holds for or about the person.

    Events that hold personal data are dropped and counted: unsent ones as purged, those set aside
    as taken in. Coded events stay, for they say nothing of who it was. What other systems said of
    them, by their aliases or else by what they are `called`, is dropped too: the answers to that.
    """
    aliases = await names_of(work, person_id)
    await hold_systems_naming(work, aliases)
    answers = await forget_letters(work, [*aliases, *called])
    known = {"person_id": person_id, "erased_at": work.now}
    await insert_new(work.connection, tombstone, [known])
    for table in (stored_answer, file):
        await work.connection.execute(table.delete().where(table.c.person_id == person_id))
    await _end_jobs(work, person_id)
    await _blank_logins(work, person_id)
    theirs = alias.c.meant_id == person_id
    await work.connection.execute(alias.update().where(theirs).values(**BLANK))
    unsent = await _drop_private(work, outbox, person_id, ("type",))
    for (event_type,), number in Counter(unsent).items():
        await count(work, "purged", "", event_type, number)
    set_aside = await _drop_private(work, deferred, person_id, ("consumer", "type"))
    for (consumer, event_type), number in Counter(set_aside).items():
        await count(work, "taken-in", consumer, event_type, number)
    return answers


def forget_who_was_erased(forget_one: FactHandler) -> FactsHandler:
    """Newest: the handler that carries erasures out which this service has missed, and no other."""

    async def keep_erasures(work: Work, facts: Sequence[Fact[Any]]) -> Outcome:
        events: list[Event] = []
        for fact in facts:
            if not await work.erased(fact.event.person_id):
                outcome = await forget_one(work, fact)
                events += outcome if isinstance(outcome, Sequence) else ()
        return events

    return keep_erasures


async def _end_jobs(work: Work, person_id: UUID) -> None:
    mine = job.c.person_id == person_id
    unfinished = mine & job.c.state.not_in(("done", "cancelled"))
    ended = {"state": "cancelled", "finished_at": work.context.clock.machine()}
    await work.connection.execute(job.update().where(mine).values(payload={}, error=None))
    await work.connection.execute(job.update().where(unfinished).values(**ended))


async def _blank_logins(work: Work, person_id: UUID) -> None:
    """Nobody signs in as an erased person."""
    for table, person, login in (
        (staff_assignment, "person_id", "login"),
        (channel, "holder_id", "holder_login"),
        (channel, "deputy_id", "deputy_login"),
    ):
        theirs = table.c[person] == person_id
        await work.connection.execute(table.update().where(theirs).values({login: None}))


async def _drop_private(
    work: Work, table: Table, person_id: UUID, named: Sequence[str]
) -> list[tuple[str, ...]]:
    theirs = (table.c.person_id == person_id) & table.c.type.in_(PRIVATE)
    dropping = table.delete().where(theirs).returning(*[table.c[name] for name in named])
    return [tuple(row) for row in await work.connection.execute(dropping)]
