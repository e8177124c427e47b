"""Whether a sender may say what it says: who it is, of which types, and for which party."""

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Claim, Event
from shared.outsiders import Outsider, find_outsider, outsider
from shared.refusals import Fault, NotYetKnown, Refused


class SenderIsNotActive(Refused):
    """The sender is suspended, or takes part no more."""

    title = "This sender does not take part now"


class TypeIsNotYours(Refused):
    """The sender is registered for other types."""

    title = "This sender may not send this type"


class PartyIsNotYours(Refused):
    """The sender speaks for other parties."""

    title = "This sender does not speak for this party"


async def sender_of(work: Work, claim: Claim[Event]) -> Outsider:
    """Who sent it; what it is called stays as it is until the transaction ends.

    Who says whom an alias means waits for that, and so never misses a claim that is being held.
    Raises `NotYetKnown`.
    """
    mine = select(outsider.c.code).where(outsider.c.code == claim.outsider)
    await work.connection.execute(mine.with_for_update(read=True))
    found = await find_outsider(work.connection, claim.outsider)
    if found is None:
        raise NotYetKnown("outsider")
    return found


def objection_to(sender: Outsider, claim: Claim[Event]) -> Refused | None:
    """Why this sender may not say this, if so."""
    if not sender.active:
        return SenderIsNotActive()
    if claim.type not in sender.sends:
        return TypeIsNotYours(faults=[Fault("type", "not-registered", "Not registered for it.")])
    if claim.event.concerned_party not in sender.parties:
        wrong = Fault("data.party", "not-registered", "Not registered for it.")
        return PartyIsNotYours(faults=[wrong])
    return None
