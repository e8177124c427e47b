"""Receiving: a claim has its effect once, and its answer in the same transaction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import structlog

from shared.context import Actor, Outcome, Work
from shared.contracts import Claim, Event
from shared.contracts.ingress import IngressAnswer
from shared.messaging.deferred import NoLongerWaits, hasten, require_waiting
from shared.messaging.held import SENDER
from shared.messaging.outbox import count
from shared.messaging.reactions import INGRESS, Reaction
from shared.outsiders import officer_meant_by
from shared.refusals import HeldForPerson, NotYetKnown, Refused

from . import verdicts
from .ids import answered_before, known_of, note_answer, refuse_for_good
from .letters import NOBODY, forget, hold, officer_in, restored
from .reading import TypeIsNotKnown
from .senders import objection_to, sender_of

log = structlog.get_logger()


class IdReused(Refused):
    """The id was sent before with other data."""

    title = "This id was sent before with other data"


class WasDiscarded(Refused):
    """A person here decided that it is not taken."""

    title = "A person here decided that it is not taken"


async def receive(
    work: Work,
    *,
    claim: Claim[Event],
    reaction: Reaction | None,
    waited: bool = False,
    letter_id: UUID | None = None,
) -> Outcome:
    """Check a claim, carry it out, and answer it. Raises `NotYetKnown`: then nothing was done; and
    `NoLongerWaits` where it waited and another worker took it.

    What was answered before is answered so again, whatever its sender may say now. What waited may
    be carried out though its id is known, if it was only held until now; while its sender may not,
    it stays held.
    """
    if claim.received_at is None:
        claim = replace(claim, received_at=work.now)
    objection = objection_to(await sender_of(work, claim), claim)
    if reaction is None:
        objection = objection or TypeIsNotKnown()
    known = await (known_of if objection else answered_before)(work, claim)
    if letter_id:
        await require_waiting(work.connection, letter_id, work.context.clock.machine())
    is_other = known is not None and known.digest != claim.digest
    was_held = known is not None and not is_other and known.answer["verdict"] == "held"
    if known and not is_other and not (was_held and waited):
        return [await _again(work, claim, known.answer)]
    if is_other:
        objection = objection or IdReused()
    if objection and was_held:
        await hold(work, claim, objection, awaits=[SENDER])
        return None
    if objection or reaction is None:
        if not await forget(work, claim) and letter_id:
            raise NoLongerWaits
        return [verdicts.refused_at_the_door(claim, objection or TypeIsNotKnown())]
    if not known:
        await count(work, "taken-in", INGRESS, claim.type, 1)
    events, answer = await _carried_out(work, claim, reaction)
    if work.stale:
        await count(work, "stale", INGRESS, claim.type, work.stale)
    await note_answer(work, claim, answer)
    says_the_same = known is not None and known.answer == verdicts.kept(answer)
    return events if says_the_same else [*events, await _naming(work, claim, answer)]


async def refuse_discarded(work: Work, source: str, body: bytes) -> Outcome:
    """A person threw away what waited for them: its sender is told, where it is known."""
    claim = None if source == NOBODY else restored(body)
    return [await refuse_for_good(work, claim, WasDiscarded())] if claim else None


def speaking(claim: Claim[Event]) -> Actor:
    """The sender as one who acts, for the party it names."""
    return Actor(claim.source, "outsider", claim.event.concerned_party)


async def _again(work: Work, claim: Claim[Event], answer: Mapping[str, Any]) -> IngressAnswer:
    """What was answered before; of what was decided nothing waits any more."""
    work.accounts.append(("repeated", INGRESS, claim.type, 1))
    if answer["verdict"] != "held":
        await forget(work, claim)
    return await _naming(work, claim, verdicts.again(claim, answer))


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
        await hold(work, claim, waits, awaits=waits.awaits)
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
