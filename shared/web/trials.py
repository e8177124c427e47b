"""Trials: what another system would be answered, with nothing left behind but that it was asked.

An event goes through the same reception as if it had come in, within a transaction of its own that
is taken back: no effect, no event, no answer, no figure, no id that counts as used.
"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Response
from pydantic import BaseModel, Field

from shared.context import Audited, Work
from shared.contracts import Claim, Event
from shared.contracts.ingress import IngressAnswer, IngressFault
from shared.messaging.ingress import verdicts
from shared.messaging.ingress.reading import Unreadable, read_event, spelled, told
from shared.messaging.ingress.receiving import receive, speaking
from shared.messaging.reactions import INGRESS, Reactions
from shared.messaging.transport import Sent
from shared.outsiders import CODE
from shared.refusals import NotAllowed, NotYetKnown, Refused
from shared.rights import require_role
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody, Taken
from shared.web.problems import documented


class TryEvent(Taken):
    """An event as a system would send it."""

    outsider: Annotated[str, Field(pattern=CODE)]
    event: dict[str, Any]


class Verdict(BaseModel):
    """What the system would be answered; waiting: a fact it needs has not arrived here yet."""

    verdict: str
    faults: list[IngressFault]


routes = router()


@routes.post("/trials", tags=["ingress"], response_model=Verdict, responses=documented(NotAllowed))
async def try_event(
    asked: AskedBy, said: Annotated[TryEvent, Depends(JsonBody(TryEvent))]
) -> Response:
    """What would be answered to an event; it has no effect (admin)."""
    reactions: Reactions = asked.request.app.state.reactions
    found: list[Verdict] = []

    async def act(work: Work) -> None:
        await require_role(work)
        found[:] = [await tried(work, reactions, said)]

    async def show(_work: Work) -> Verdict:
        return found[0]

    audited = Audited("try-event", f"outsider/{said.outsider}")
    return await asked.perform(act, audited=audited, show=show)


async def tried(work: Work, reactions: Reactions, said: TryEvent) -> Verdict:
    """The verdict on an event; whatever it would have caused is taken back."""
    read = read_event(spelled(said.event), Sent(), outsider=said.outsider)
    if isinstance(read, Unreadable):
        return _verdict(verdicts.unreadable(read))
    attempt = await work.connection.begin_nested()
    try:
        return await _received(work, reactions, read)
    finally:
        await attempt.rollback()


async def _received(work: Work, reactions: Reactions, claim: Claim[Event]) -> Verdict:
    sender = replace(work, actor=speaking(claim), cause=claim, accounts=[], origins={})
    reaction = reactions.to(claim.type).get(INGRESS)
    try:
        outcome = await receive(sender, claim=claim, reaction=reaction)
    except NotYetKnown as missing:
        return Verdict(verdict="waiting", faults=list(told(missing)))
    if isinstance(outcome, Refused):
        raise outcome
    return _verdict([one for one in outcome or () if isinstance(one, IngressAnswer)][-1])


def _verdict(answer: IngressAnswer) -> Verdict:
    kept = verdicts.kept(answer)
    faults = [IngressFault(**one) for one in kept.get("faults", ())]
    return Verdict(verdict=kept["verdict"], faults=faults)
