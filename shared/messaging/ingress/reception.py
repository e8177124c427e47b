"""Reception: what arrives of other systems is carried out, set aside, or tried again."""

import hashlib
import re
from dataclasses import replace
from functools import partial
from uuid import UUID

import structlog

from shared.context import Context, Outcome, Work
from shared.contracts import Claim, Event
from shared.contracts.ingress import IngressAnswer, IngressEventHeld
from shared.database import is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.deferred import NoLongerWaits, Setback, defer, handed_out_too_often
from shared.messaging.reactions import INGRESS, Reactions
from shared.messaging.transport import Delivery
from shared.outsiders import CODE
from shared.refusals import NotYetKnown, Refused

from . import verdicts
from .letters import NOBODY, letter_of, restored
from .reading import Unreadable, read_sent
from .receiving import receive, speaking

log = structlog.get_logger()
IS_NOBODYS = Setback("sender-is-nobody", "no code of ours")


class WaitsForPerson(Refused):
    """It could not be carried out here; a person looks at it."""

    title = "A person here looks at it"


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
        elif setback := handed_out_too_often(delivery) or await self._attempt(read):
            await self._set_aside(read, setback)

    async def try_again(self, body: bytes, letter_id: UUID | None = None) -> Setback | None:
        """Let one claim that waited take effect; why it did not, if it did not. Raises
        `NoLongerWaits`."""
        claim = restored(body)
        if claim is None:
            return Setback("unreadable", "its contract does not read it any more")
        return await self._attempt(claim, waited=True, letter_id=letter_id)

    async def _attempt(
        self, claim: Claim[Event], *, waited: bool = False, letter_id: UUID | None = None
    ) -> Setback | None:
        reaction = self._reactions.to(claim.type).get(INGRESS)
        act = partial(receive, claim=claim, reaction=reaction, waited=waited, letter_id=letter_id)
        bound = structlog.contextvars.bound_contextvars(
            correlation_id=correlation_of(claim), event_type=claim.type, outsider=claim.outsider
        )
        with bound:
            try:
                crash_point("before-handling")
                await self._context.commit(
                    act,
                    actor=speaking(claim),
                    correlation_id=correlation_of(claim),
                    cause=claim,
                )
                crash_point("after-handling")
            except NoLongerWaits:
                raise
            except NotYetKnown as missing:
                return Setback("not-yet-known", missing.detail or missing.title)
            except Exception as error:
                if is_unavailable(error):
                    raise
                log.warning("reception_failed", exc_info=error)
                return Setback("failed", type(error).__name__)
        return None

    async def _set_aside(self, claim: Claim[Event], setback: Setback) -> None:
        async with self._context.database.glancing() as connection:
            received_at = claim.received_at or await self._context.clock.now(connection)
        letter = letter_of(replace(claim, received_at=received_at))
        told = told_when_parked(letter["body"])
        state = await defer(self._context, INGRESS, letter, setback, told_if_parked=told)
        if state == "parked":
            log.error("claim_set_aside", event_type=claim.type, reason=setback.reason)

    async def _set_aside_unowned(self, delivery: Delivery) -> None:
        """No code of ours: there is nobody to answer, so a person looks at it."""
        body = delivery.message.body
        log.error("sender_is_nobody")
        letter = {
            "source": NOBODY,
            "event_id": f"sha256:{hashlib.sha256(body).hexdigest()}",
            "type": delivery.message.type[:200],
            "person_id": None,
            "body": body,
        }
        await defer(self._context, INGRESS, letter, IS_NOBODYS)

    async def _say(self, answer: IngressAnswer, outsider: str) -> None:
        async def say(_work: Work) -> Outcome:
            return [answer]

        log.info("claim_answered", outsider=outsider, answer=answer.type)
        await self._context.commit(
            say,
            actor=self._context.itself,
            correlation_id=_short(f"{outsider}\n{answer.subject}"),
        )


def told_when_parked(body: bytes) -> list[IngressEventHeld]:
    """The answer that a claim is parked, and is not to be sent again."""
    claim = restored(body)
    return [verdicts.held(claim, WaitsForPerson())] if claim else []


def correlation_of(claim: Claim[Event]) -> str:
    """The same for every delivery of the same claim."""
    return _short(f"{claim.outsider}\n{claim.id}")


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
