"""A consumer that was restored to an earlier state takes in what it missed, each fact once."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from shared.context import Context, Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import (
    AliasDescribed,
    PartyDescribed,
    PersonErased,
    SeatFreed,
    SeatOffered,
)
from shared.doctor.catch_up import NothingTakenInYet, NothingToCatchUpWith, catch_up
from shared.ids import new_id
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.reactions import each, newest
from shared.messaging.transport import Delivery, Message, join
from shared.outsiders import METADATA
from shared.refusals import NotYetKnown
from shared.service import Service
from shared.tables import deferred
from tests.servers.prepared import PreparedDatabases
from tests.shared.doctor.archived import archive_of, service_of, told
from tests.shared.doctor.test_after_restore import described, tell
from tests.shared.house import open_context


class Listener:
    """Scheduling, and what it did, in order."""

    def __init__(self, context: Context) -> None:
        self.did: list[str] = []
        self.lacks_something = False
        context.service = "scheduling"
        reactions = [
            newest(PartyDescribed, self.keep_parties),
            newest(AliasDescribed, self.keep_aliases),
            each(SeatFreed, self.note_a_seat),
            each(SeatOffered, self.note_an_offer),
            each(PersonErased, self.note_an_erasure),
        ]
        self.service: Service = service_of(context, reactions)

    async def keep_parties(self, work: Work, facts: Sequence[Fact[PartyDescribed]]) -> None:
        self.did += [f"party {fact.event.party} {fact.sequence}" for fact in facts]

    async def keep_aliases(self, work: Work, facts: Sequence[Fact[AliasDescribed]]) -> None:
        self.did += ["alias" for _ in facts]

    async def note_a_seat(self, work: Work, fact: Fact[SeatFreed]) -> Outcome:
        if self.lacks_something:
            raise NotYetKnown("call")
        self.did.append("seat")
        return None

    async def note_an_offer(self, work: Work, fact: Fact[SeatOffered]) -> Outcome:
        self.did.append(f"offer with link {fact.event.link!r}")
        return None

    async def note_an_erasure(self, work: Work, fact: Fact[PersonErased]) -> Outcome:
        self.did.append("erasure")
        return None

    async def hears(self, *bodies: bytes) -> None:
        """Messages arrive."""
        for body in bodies:
            [event_type] = {one.type for one in self.known if one.type.encode() in body}
            dispatcher = Dispatcher(self.service.context, self.service.reactions)
            await dispatcher.dispatch(Delivery(Message(event_type, join([body]))))

    @property
    def known(self) -> Sequence[Any]:
        """What it listens to."""
        return (PartyDescribed, AliasDescribed, SeatFreed, SeatOffered, PersonErased)

    async def letters(self) -> Sequence[Any]:
        """What was set aside."""
        async with self.service.context.database.reading() as connection:
            return (await connection.execute(select(deferred))).all()


@pytest_asyncio.fixture
async def teller(prepared_databases: PreparedDatabases, tmp_path: Path) -> AsyncIterator[Context]:
    """Registration."""
    async with open_context(await prepared_databases.file(tmp_path, "teller", METADATA)) as made:
        yield made


@pytest_asyncio.fixture
async def listener(database_url: str) -> AsyncIterator[Listener]:
    """Scheduling, which knows nothing yet."""
    async with open_context(database_url) as made:
        yield Listener(made)


async def test_only_what_was_missed_takes_effect_and_erasures_come_first(
    teller: Context, listener: Listener
) -> None:
    await tell(teller, described("JO"), freed())
    await listener.hears(*await told(teller))
    await tell(teller, described("JO"), freed(), freed(), PersonErased(person_id=new_id()))
    listener.did.clear()

    async with archive_of(*await told(teller)) as archive:
        caught_up = await catch_up(listener.service, archive)
        did = list(listener.did)
        again = await catch_up(listener.service, archive)

    assert did == ["erasure", "party JO 2", "seat", "seat"]
    assert (caught_up.facts, again.facts, listener.did) == (4, 0, did)


async def test_fact_that_arrives_after_all_is_no_other_fact(
    teller: Context, listener: Listener
) -> None:
    await tell(teller, freed())
    await listener.hears(*await told(teller))
    await tell(teller, freed(), freed())
    first, second, third = await told(teller)

    async with archive_of(first, second) as archive:
        await catch_up(listener.service, archive)
    await listener.hears(second, third)

    assert listener.did == ["seat"] * 3
    assert await listener.letters() == []


async def test_fact_that_needs_another_waits_as_it_would_have(
    teller: Context, listener: Listener
) -> None:
    await tell(teller, described("JO"))
    await listener.hears(*await told(teller))
    await tell(teller, freed())
    listener.lacks_something = True

    async with archive_of(*await told(teller)) as archive:
        await catch_up(listener.service, archive)
        [letter] = await listener.letters()
        again = await catch_up(listener.service, archive)
    listener.lacks_something = False
    dispatcher = Dispatcher(listener.service.context, listener.service.reactions)
    setback = await dispatcher.try_again(letter.consumer, letter.type, letter.body)

    assert (letter.reason, again.facts, setback) == ("not-yet-known", 0, None)
    assert listener.did[-1] == "seat"


async def test_secret_is_not_made_up_and_state_with_a_secret_is_left_to_its_owner(
    teller: Context, listener: Listener
) -> None:
    await tell(teller, described("JO"))
    await listener.hears(*await told(teller))
    await tell(teller, offered(), alias())

    async with archive_of(*await told(teller)) as archive:
        caught_up = await catch_up(listener.service, archive)

    assert listener.did[1:] == ["offer with link ''"]
    assert caught_up.announced_by == ["registration alias"]


async def test_empty_inbox_and_the_archive_itself_have_nothing_to_catch_up_with(
    teller: Context, listener: Listener
) -> None:
    await tell(teller, freed())

    async with archive_of(*await told(teller)) as archive:
        with pytest.raises(NothingTakenInYet):
            await catch_up(listener.service, archive)
        teller.service = "reporting"
        with pytest.raises(NothingToCatchUpWith):
            await catch_up(service_of(teller), archive)

    assert listener.did == []


def freed() -> SeatFreed:
    """A seat that waits for another officer."""
    return SeatFreed(call_id=new_id(), offer_id=new_id(), party="JO", reason="declined")


def offered() -> SeatOffered:
    """A seat that waits for an answer by a secret link."""
    named = {name: new_id() for name in ("offer_id", "nomination_id", "call_id", "activity_id")}
    told_to = {"person_id": new_id(), "recipient_id": new_id(), "party": "JO"}
    by = {"local": "2018-06-01T23:59:00", "zone": "Asia/Amman", "instant": "2018-06-01T20:59:00Z"}
    about = {"reference": "AMM-2018-01", "visibility": "discreet", "link": "https://secret"}
    return SeatOffered.model_validate({**named, **told_to, **about, "answer_by": by})


def alias() -> AliasDescribed:
    """What a system calls an officer."""
    named = {"alias_id": new_id(), "outsider": "jo-hr", "kind": "officer", "party": "JO"}
    return AliasDescribed.model_validate({**named, "reference": "secret", "meant_id": new_id()})
