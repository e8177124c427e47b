"""Reception: a claim has its effect once, and its answer in the same transaction."""

import hashlib
import re
from functools import partial

import structlog

from shared.context import Actor, Context, Outcome, Work
from shared.contracts import Claim, Event
from shared.contracts.ingress import IngressAnswer
from shared.database import is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.deferred import Setback, defer, hasten
from shared.messaging.outbox import count
from shared.messaging.reactions import INGRESS, Reaction, Reactions
from shared.messaging.transport import DELIVERY_LIMIT, Delivery
from shared.outsiders import CODE, officer_meant_by
from shared.refusals import HeldForPerson, NotYetKnown, Refused

from . import verdicts
from .ids import answered_before, note_answer, refuse_for_good
from .letters import forget, hold, letter_of, officer_in, restored
from .reading import TypeIsNotKnown, Unreadable, read_sent
from .senders import objection_to, sender_of

log = structlog.get_logger()


class IdReused(Refused):
    """The id was sent before with other data."""

    title = "This id was sent before with other data"


class WaitsForPerson(Refused):
    """It could not be carried out here; a person looks at it."""

    title = "A person here looks at it"


class WasDiscarded(Refused):
    """A person here decided that it is not taken."""

    title = "A person here decided that it is not taken"


class Reception:
    """Takes what other systems send to one service."""

    def __init__(self, context: Context, reactions: Reactions) -> None:
        self._context = context
        self._reactions = reactions

    async def take(self, delivery: Delivery) -> None:
        """Deal with one message. Raises only when the database is away: it must come again."""
        read = read_sent(delivery.message)
        if not re.fullmatch(CODE, read.outsider):
            await self._set_aside_unowned(delivery)
        elif isinstance(read, Unreadable):
            await self._say(verdicts.unreadable(read), read.outsider)
        elif delivery.deliveries > DELIVERY_LIMIT:
            times = f"handed out {delivery.deliveries} times"
            await self._set_aside(read, Setback("delivery-limit", times))
        elif setback := await self._attempt(read):
            await self._set_aside(read, setback)

    async def try_again(self, body: bytes) -> Setback | None:
        """Let one claim that waited take effect; why it did not, if it did not."""
        claim = restored(body)
        if claim is None:
            return Setback("unreadable", "its contract does not read it any more")
        return await self._attempt(claim, waited=True)

    async def tell_that_it_waits(self, body: bytes) -> None:
        """Answer that a claim is parked, and that it is not to be sent again."""
        if claim := restored(body):
            await self._say(verdicts.held(claim, WaitsForPerson()), claim.outsider)

    async def _attempt(self, claim: Claim[Event], *, waited: bool = False) -> Setback | None:
        reaction = self._reactions.to(claim.type).get(INGRESS)
        bound = structlog.contextvars.bound_contextvars(
            correlation_id=correlation_of(claim), event_type=claim.type, outsider=claim.outsider
        )
        with bound:
            try:
                crash_point("before-handling")
                await self._context.commit(
                    partial(receive, claim=claim, reaction=reaction, waited=waited),
                    actor=speaking(claim),
                    correlation_id=correlation_of(claim),
                    cause=claim,
                )
                crash_point("after-handling")
            except NotYetKnown as missing:
                return Setback("not-yet-known", missing.detail or missing.title)
            except Exception as error:
                if is_unavailable(error):
                    raise
                log.warning("reception_failed", exc_info=error)
                return Setback("failed", type(error).__name__)
        return None

    async def _set_aside(self, claim: Claim[Event], setback: Setback) -> None:
        letter = letter_of(claim)
        if await defer(self._context, INGRESS, letter, setback) == "parked":
            log.error("claim_set_aside", event_type=claim.type, reason=setback.reason)
            await self.tell_that_it_waits(letter["body"])

    async def _set_aside_unowned(self, delivery: Delivery) -> None:
        """No code of ours: there is nobody to answer, so a person looks at it."""
        body = delivery.message.body
        log.error("sender_is_nobody")
        letter = {
            "source": "",
            "event_id": f"sha256:{hashlib.sha256(body).hexdigest()}",
            "type": delivery.message.type[:200],
            "person_id": None,
            "body": body,
        }
        await defer(self._context, INGRESS, letter, Setback("sender-is-nobody", "no code of ours"))

    async def _say(self, answer: IngressAnswer, outsider: str) -> None:
        async def say(_work: Work) -> Outcome:
            return [answer]

        log.info("claim_answered", outsider=outsider, answer=answer.type)
        await self._context.commit(
            say,
            actor=Actor(self._context.service, "service"),
            correlation_id=_short(f"{outsider}\n{answer.subject}"),
        )


async def receive(
    work: Work, *, claim: Claim[Event], reaction: Reaction | None, waited: bool = False
) -> Outcome:
    """Check a claim, carry it out, and answer it. Raises `NotYetKnown`: then nothing was done.

    What waited may be carried out though its id is known, if it was only held until now.
    """
    objection = objection_to(await sender_of(work, claim), claim)
    known = None if objection else await answered_before(work, claim)
    if known and known.digest != claim.digest:
        objection = IdReused()
    if objection or reaction is None:
        await forget(work, claim)
        return [verdicts.refused_at_the_door(claim, objection or TypeIsNotKnown())]
    was_held = known is not None and known.answer["verdict"] == "held"
    if known and not (was_held and waited):
        work.accounts.append(("repeated", INGRESS, claim.type, 1))
        if not was_held:
            await forget(work, claim)
        return [await _naming(work, claim, verdicts.again(claim, known.answer))]
    if not known:
        await count(work, "taken-in", INGRESS, claim.type, 1)
    events, answer = await _carried_out(work, claim, reaction)
    if work.stale:
        await count(work, "stale", INGRESS, claim.type, work.stale)
    await note_answer(work, claim, answer)
    says_the_same = known is not None and known.answer == verdicts.kept(answer)
    return events if says_the_same else [*events, await _naming(work, claim, answer)]


async def refuse_discarded(work: Work, body: bytes) -> Outcome:
    """A person threw away what waited for them: its sender is told."""
    claim = restored(body)
    return [await refuse_for_good(work, claim, WasDiscarded())] if claim else None


async def _carried_out(
    work: Work, claim: Claim[Event], reaction: Reaction
) -> tuple[list[Event], IngressAnswer]:
    """What it caused, and its answer; of what is refused or held nothing stays but that."""
    try:
        async with work.connection.begin_nested():
            outcome = await reaction.handler(work, claim)
            if isinstance(outcome, Refused):
                raise outcome
    except NotYetKnown:
        raise
    except HeldForPerson as waits:
        await hold(work, claim, waits)
        return [], verdicts.held(claim, waits)
    except Refused as refusal:
        log.info("claim_refused", refusal=refusal.code())
        await forget(work, claim)
        return [], verdicts.refused(claim, refusal)
    await forget(work, claim)
    await hasten(work.connection, work.context.clock.machine())
    return [*(outcome or ())], verdicts.accepted(claim, outcome or ())


async def _naming(work: Work, claim: Claim[Event], answer: IngressAnswer) -> IngressAnswer:
    """The answer with the officer whom it is about, where it is known who that is."""
    reference = officer_in(claim.event.model_dump())
    meant = await officer_meant_by(work, claim.outsider, reference) if reference else None
    return answer.model_copy(update={"person_id": meant})


def speaking(claim: Claim[Event]) -> Actor:
    """The sender as one who acts, for the party it names."""
    return Actor(claim.source, "outsider", claim.event.concerned_party)


def correlation_of(claim: Claim[Event]) -> str:
    """The same for every delivery of the same claim."""
    return _short(f"{claim.outsider}\n{claim.id}")


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
