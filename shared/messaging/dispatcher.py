"""The dispatcher: takes a message apart, and lets each event take effect once per consumer.

A message is handled in one transaction for each consumer. When that fails, its events run one by
one; one that fails again is deferred, so that a poisonous event never holds up a good one.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import Row

from shared.context import Context, Outcome, Work
from shared.contracts import CONTRACTS, EXTERNAL, Event, Fact, decode
from shared.database import is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.deferred import (
    HANDED_OUT_TOO_OFTEN,
    NoLongerWaits,
    Setback,
    count_try,
    defer,
    handed_out_too_often,
    hasten,
    let_go,
    require_waiting,
    settle,
)
from shared.messaging.inbox import IdReused, take_in
from shared.messaging.ingress.letters import NOBODY
from shared.messaging.ingress.reception import IS_NOBODYS, Reception, told_when_parked
from shared.messaging.outbox import count
from shared.messaging.reactions import INGRESS, Reaction, Reactions
from shared.messaging.transport import Delivery, Exchange, split
from shared.refusals import NotYetKnown, Refused

log = structlog.get_logger()


class Dispatcher:
    """Brings what arrives to the handlers of one service."""

    def __init__(self, context: Context, reactions: Reactions) -> None:
        self._context = context
        self._reactions = reactions
        self._reception = Reception(context, reactions)

    async def dispatch(self, delivery: Delivery) -> None:
        """Deal with one message. Raises only when the database is away: it must come again."""
        message = delivery.message
        if message.exchange is Exchange.INGRESS:
            await self._reception.take(delivery)
            return
        reactions = {} if message.type in EXTERNAL else self._reactions.to(message.type)
        if not reactions:
            setback = Setback("unhandled", "no handler listens to this type")
            await self._set_aside(self._context.service, message.type, message.body, None, setback)
        for consumer, reaction in reactions.items():
            facts = []
            for body in split(message.body):
                try:
                    facts.append(decode(body, CONTRACTS[message.type]))
                except ValidationError as error:
                    setback = Setback("unreadable", _places(error))
                    await self._set_aside(consumer, message.type, body, None, setback)
            if too_often := handed_out_too_often(delivery):
                for fact in facts:
                    await self._set_aside(consumer, message.type, fact.body, fact, too_often)
            else:
                await self._apply_all(consumer, reaction, facts)

    async def try_letter(self, letter: Row[Any]) -> None:
        """Let one event that is due take effect, or set its next try, or park it. Where another
        worker has done so meanwhile, nothing is done."""
        if letter.consumer == INGRESS and letter.source == NOBODY:
            await settle(self._context, letter, IS_NOBODYS)
            return
        if letter.reason == HANDED_OUT_TOO_OFTEN and not await count_try(
            self._context, letter, told_if_parked=_told_when_parked(letter)
        ):
            return
        try:
            setback = await self.try_again(letter.consumer, letter.type, letter.body, letter.id)
        except NoLongerWaits:
            return
        if setback is None:
            self._context.observer.tried_again(letter.consumer, letter.type, None, "done")
            return
        await settle(self._context, letter, setback, told_if_parked=_told_when_parked(letter))

    async def try_again(
        self, consumer: str, event_type: str, body: bytes, letter_id: UUID | None = None
    ) -> Setback | None:
        """Let one deferred event take effect; why it did not, if it did not. It goes from where it
        was kept in the same transaction; raises `NoLongerWaits` where it is gone already."""
        if consumer == INGRESS:
            return await self._reception.try_again(body, letter_id)
        reaction = self._reactions.to(event_type).get(consumer)
        if reaction is None:
            return Setback("unhandled", "no handler listens to this type any more")
        try:
            fact = decode(body, reaction.event_type)
        except ValidationError as error:
            return Setback("unreadable", _places(error))
        return await self._attempt(consumer, reaction, [fact], letter_id)

    async def _apply_all(
        self, consumer: str, reaction: Reaction, facts: Sequence[Fact[Any]]
    ) -> None:
        if not facts or await self._attempt(consumer, reaction, facts) is None:
            return
        for fact in facts:
            setback = await self._attempt(consumer, reaction, [fact])
            if setback:
                await self._set_aside(consumer, fact.type, fact.body, fact, setback)

    async def _attempt(
        self,
        consumer: str,
        reaction: Reaction,
        facts: Sequence[Fact[Any]],
        letter_id: UUID | None = None,
    ) -> Setback | None:
        first = facts[0]
        act = partial(_take_effect, consumer=consumer, reaction=reaction, facts=facts)
        bound = structlog.contextvars.bound_contextvars(
            correlation_id=first.correlation_id, consumer=consumer, event_type=first.type
        )
        with bound, self._context.observer.taking(consumer, facts):
            try:
                crash_point("before-handling")
                await self._context.commit(
                    partial(act, letter_id=letter_id),
                    actor=self._context.itself,
                    correlation_id=first.correlation_id,
                    cause=first,
                )
                crash_point("after-handling")
            except NoLongerWaits:
                raise
            except NotYetKnown as missing:
                return Setback("not-yet-known", missing.detail or missing.title)
            except IdReused:
                log.warning("event_id_reused", event_id=first.id)
                return Setback("id-reused", "the id was taken in before with another body")
            except Refused as refusal:
                log.info("reaction_refused", refusal=refusal.code())
                return Setback("failed", refusal.code())
            except Exception as error:
                if is_unavailable(error):
                    raise
                log.warning("reaction_failed", handler=reaction.handler.__name__, exc_info=error)
                return Setback("failed", f"{type(error).__name__} in {reaction.handler.__name__}")
        return None

    async def _set_aside(
        self,
        consumer: str,
        event_type: str,
        body: bytes,
        fact: Fact[Event] | None,
        setback: Setback,
    ) -> None:
        letter = {
            "source": fact.source if fact else "",
            "event_id": fact.id if fact else f"sha256:{hashlib.sha256(body).hexdigest()}",
            "type": event_type,
            "person_id": fact.event.concerned_person if fact else None,
            "body": body,
        }
        if setback.reason != "not-yet-known":
            log.error("event_set_aside", event_type=event_type, reason=setback.reason)
        await defer(self._context, consumer, letter, setback)


def _told_when_parked(letter: Row[Any]) -> Sequence[Event]:
    """Its sender is told of a claim; nobody is of a fact."""
    return told_when_parked(letter.body) if letter.consumer == INGRESS else ()


async def _take_effect(
    work: Work,
    *,
    consumer: str,
    reaction: Reaction,
    facts: Sequence[Fact[Any]],
    letter_id: UUID | None,
) -> Outcome:
    work.makes_due = False
    fresh = await take_in(work, consumer, facts)
    if letter_id:
        await require_waiting(work.connection, letter_id, work.context.clock.machine())
    events = await _handle(work, reaction, fresh) if fresh else None
    if letter_id:
        await let_go(work.connection, letter_id)
    if fresh:
        work.makes_due |= await hasten(work.connection, work.context.clock.machine())
        await _count(work, consumer, fresh)
    return events


async def _count(work: Work, consumer: str, fresh: Sequence[Fact[Any]]) -> None:
    """Last of all: who counts the same waits until this transaction ends."""
    for event_type, number in sorted(Counter(fact.type for fact in fresh).items()):
        await count(work, "taken-in", consumer, event_type, number)
    if work.stale:
        await count(work, "stale", consumer, fresh[0].type, work.stale)


async def _handle(work: Work, reaction: Reaction, facts: Sequence[Fact[Any]]) -> Outcome:
    if reaction.shape == "pack":
        return await reaction.handler(work, facts)
    if reaction.shape == "newest":
        by_aggregate: dict[str, Fact[Any]] = {}
        for fact in sorted(facts, key=lambda fact: fact.sequence):
            by_aggregate[fact.partitionkey] = fact
        work.stale += len(facts) - len(by_aggregate)
        return await reaction.handler(work, list(by_aggregate.values()))
    events: list[Event] = []
    for fact in facts:
        work.begin(fact)
        with work.context.observer.handling(fact, among=len(facts)):
            outcome = await reaction.handler(work, fact)
            work.caused(outcome)
        if isinstance(outcome, Refused):
            return outcome
        events += outcome or ()
    return events


def _places(error: ValidationError) -> str:
    """Where an event does not fit its contract; never the values it holds."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    places = [".".join(map(str, one["loc"])).removeprefix("data.") for one in faults[:10]]
    return "; ".join(f"{place}: {one['type']}" for place, one in zip(places, faults, strict=False))
