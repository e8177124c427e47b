"""Events keep their traces through whatever carries them, also those that travel in one pack."""

import pytest

from shared.context import Actor, Outcome, Work
from shared.contracts import Event
from tests.messaging.rig import Rig, described, freed_seat
from tests.shared.observing.keeping import Kept, trace_of

SEAT = "registration.seat.freed.v1"
PARTY = "registration.party.described.v1"


@pytest.fixture
def kept(rig: Rig) -> Kept:
    """The spans of both services."""
    kept = Kept()
    kept.of(rig.teller.observer, rig.listener.observer)
    return kept


async def told(rig: Rig, *events: Event) -> None:
    """Each committed by a command of its own."""

    for event in events:

        async def say(_work: Work, event: Event = event) -> Outcome:
            return [event]

        await rig.teller.commit(say, actor=Actor("tester", "admin"), correlation_id="test")


async def carried(rig: Rig) -> None:
    """All that was told, taken in."""
    await rig.relay()
    async with rig.running():
        await rig.waits_for(rig.is_quiet)


async def test_event_is_taken_in_the_trace_of_the_command_that_caused_it(
    rig: Rig, kept: Kept
) -> None:
    await told(rig, freed_seat())
    await carried(rig)

    [taken] = kept.named(f"take {SEAT}")

    assert kept.path_to(taken) == ["registration: commit", f"scheduling: take {SEAT}"]


async def test_events_of_one_pack_are_handled_each_in_its_own_trace(rig: Rig, kept: Kept) -> None:
    await told(rig, *(freed_seat() for _ in range(3)))
    commits = {trace_of(span) for span in kept.named("commit")}
    await carried(rig)

    [taken] = kept.named(f"take {SEAT}")
    handled = kept.named(f"handle {SEAT}")

    assert len(commits) == 3
    assert {trace_of(span) for span in handled} == commits
    assert {trace_of(span) for span in kept.named(f"publish {SEAT}")} == commits
    assert {link.context.trace_id for link in taken.links} == commits
    assert taken.parent is None


async def test_state_that_is_kept_from_a_pack_is_linked_to_every_trace(
    rig: Rig, kept: Kept
) -> None:
    await told(rig, described("JO"), described("TN"))
    commits = {trace_of(span) for span in kept.named("commit")}
    await carried(rig)

    [taken] = kept.named(f"take {PARTY}")

    assert {link.context.trace_id for link in taken.links} == commits
    assert taken.attributes
    assert taken.attributes["messaging.batch.message_count"] == 2


async def test_event_that_fails_is_marked_by_the_kind_of_the_error_and_not_its_words(
    rig: Rig, kept: Kept
) -> None:
    await told(rig, freed_seat("HARM"))
    await rig.relay()
    async with rig.running():
        await rig.waits_for(lambda: _has_failed(kept))

    failed = next(span for span in kept.spans if not span.status.is_ok and span.attributes)

    assert failed.attributes
    assert failed.attributes["error.type"] == "ValueError"
    assert failed.status.description is None
    assert not failed.events


async def _has_failed(kept: Kept) -> bool:
    return any(not span.status.is_ok for span in kept.spans)
