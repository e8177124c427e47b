"""Every committed event takes effect once for each consumer, whatever happens on its way."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import PersonErased, SeatFreed
from shared.contracts.reporting import ReportingErasureConfirmed
from shared.contracts.scheduling import SchedulingErasureConfirmed
from shared.ids import new_id
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.outbox import NotOursToPublish
from shared.messaging.reactions import Reactions, each
from shared.messaging.transport import Delivery, Message, join
from shared.tables import event_count, outbox
from tests.messaging.handing import staged_bodies
from tests.messaging.rig import (
    REACTIONS,
    Rig,
    described,
    effect,
    freed_seat,
    party,
    taken_in,
    whatever_the_transport,
)


async def test_committed_events_take_effect_once(rig: Rig) -> None:
    seats = [freed_seat() for _ in range(120)]

    async with rig.running():
        await rig.tell(*seats)
        await rig.waits_for(rig.is_quiet)

    assert await rig.effects() == sorted(str(seat.offer_id) for seat in seats)


async def test_events_go_to_those_bound_to_their_type_and_to_no_other(rig: Rig) -> None:
    await rig.bind("reporting", {"registration.seat.freed.v1"})

    await rig.tell(freed_seat(), described("JO"))
    await rig.relay()

    assert await rig.transport.queued("scheduling") == 2
    assert await rig.transport.queued("reporting") == 1


async def test_an_event_that_nobody_is_bound_to_stays_in_the_outbox(rig: Rig) -> None:
    await rig.bind("scheduling", set())

    await rig.tell(freed_seat())
    carried = await rig.relay()

    assert carried == 0
    assert len(await staged_bodies(rig)) == 1


@whatever_the_transport
async def test_a_service_can_not_publish_another_services_event(rig: Rig) -> None:
    foreign = ReportingErasureConfirmed(person_id=new_id())

    with pytest.raises(NotOursToPublish):
        await rig.tell(foreign)

    assert await staged_bodies(rig) == []


@whatever_the_transport
async def test_a_refused_act_leaves_no_state_and_no_event(rig: Rig) -> None:
    async def fails_at_the_end(work: Work) -> Outcome:
        raise RuntimeError("after everything")

    with pytest.raises(RuntimeError):
        await rig.act(fails_at_the_end)

    assert await staged_bodies(rig) == []


@whatever_the_transport
async def test_the_same_message_twice_has_one_effect(rig: Rig) -> None:
    await rig.tell(freed_seat())
    message = Message("registration.seat.freed.v1", join(await staged_bodies(rig)))
    dispatcher = Dispatcher(rig.listener, REACTIONS)

    for times in (1, 2, 3):
        await dispatcher.dispatch(Delivery(message, times))

    assert len(await rig.effects()) == 1
    assert await taken_in(rig) == 1


@whatever_the_transport
async def test_two_copies_of_one_event_in_one_pack_have_one_effect(rig: Rig) -> None:
    await rig.tell(freed_seat())
    bodies = await staged_bodies(rig)
    message = Message("registration.seat.freed.v1", join(bodies + bodies))

    await Dispatcher(rig.listener, REACTIONS).dispatch(Delivery(message))

    assert len(await rig.effects()) == 1


@whatever_the_transport
async def test_what_each_event_of_a_pack_causes_names_that_event_and_its_story(rig: Rig) -> None:
    async def confirm(work: Work, fact: Fact[SeatFreed]) -> Outcome:
        return [SchedulingErasureConfirmed(person_id=fact.event.offer_id)]

    for story in ("first", "second"):
        await rig.tell(freed_seat(), correlation_id=story)
    message = Message("registration.seat.freed.v1", join(bodies := await staged_bodies(rig)))
    reactions = Reactions("scheduling", [each(SeatFreed, confirm)])

    await Dispatcher(rig.listener, reactions).dispatch(Delivery(message))

    told = [json.loads(body) for body in bodies]
    caused = [json.loads(row.body) for row in await rig.rows(outbox)]
    assert [(one["correlationid"], one["causationid"]) for one in caused] == [
        (one["correlationid"], one["id"]) for one in told
    ]


@whatever_the_transport
async def test_workers_that_compete_for_one_message_have_one_effect(rig: Rig) -> None:
    await rig.tell(*[freed_seat() for _ in range(20)])
    message = Message("registration.seat.freed.v1", join(await staged_bodies(rig)))
    dispatchers = [Dispatcher(rig.listener, REACTIONS) for _ in range(4)]

    await asyncio.gather(*(one.dispatch(Delivery(message)) for one in dispatchers))

    assert len(await rig.effects()) == 20
    assert await rig.letters() == []


@whatever_the_transport
async def test_an_older_state_never_replaces_a_newer_one(rig: Rig) -> None:
    await rig.tell(described("JO", "first"))
    await rig.tell(described("JO", "second"))
    await rig.tell(described("JO", "third"))
    bodies = await staged_bodies(rig)
    dispatcher = Dispatcher(rig.listener, REACTIONS)

    for body in (bodies[1], bodies[2], bodies[0]):
        message = Message("registration.party.described.v1", body)
        await dispatcher.dispatch(Delivery(message))

    [kept] = await rig.rows(party)
    assert (kept.names, kept.sequence) == ({"en": "third"}, 3)
    stale = [row for row in await rig.rows(event_count) if row.direction == "stale"]
    assert sum(row.events for row in stale) == 1


@whatever_the_transport
async def test_each_consumer_of_a_service_takes_an_event_in_for_itself(rig: Rig) -> None:
    person_id = new_id()
    await rig.tell(PersonErased(person_id=person_id))
    message = Message("registration.person.erased.v1", join(await staged_bodies(rig)))

    await Dispatcher(rig.listener, REACTIONS).dispatch(Delivery(message))

    counted = [row for row in await rig.rows(event_count) if row.direction == "taken-in"]
    assert [(row.consumer, row.events) for row in counted] == [("scheduling.second", 1)]
    assert await rig.effects() == [f"erased {person_id}"]


async def test_events_of_one_aggregate_never_share_a_sequence(rig: Rig) -> None:
    await asyncio.gather(*(rig.tell(described("JO", f"name {n}")) for n in range(40)))

    async with rig.running():
        await rig.waits_for(rig.is_quiet)

    [kept] = await rig.rows(party)
    assert kept.sequence == 40


async def test_effects_and_inbox_are_committed_together(rig: Rig) -> None:
    begun = datetime.now(UTC)
    await rig.tell(freed_seat("HARM"))

    async with rig.running():
        await rig.waits_for(lambda: _has_letter(rig))

    assert await rig.rows(effect) == []
    assert await taken_in(rig) == 0
    assert (await rig.letters())[0].first_at >= begun


async def _has_letter(rig: Rig) -> bool:
    return bool(await rig.letters())
