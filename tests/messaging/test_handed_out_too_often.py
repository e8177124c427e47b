"""What the broker hands out again and again is tried one by one."""

from contextlib import suppress
from typing import Any

import pytest

from shared.messaging import deferred as setbacks
from shared.messaging import dispatcher
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import DELIVERY_LIMIT, join
from tests.messaging.handing import dispatched, make_due, staged_bodies
from tests.messaging.rig import REACTIONS, Rig, freed_seat, whatever_the_transport


class Ended(BaseException):
    """The process ends."""


@whatever_the_transport
async def test_of_what_was_handed_out_too_often_only_what_ends_whoever_tries_it_is_parked(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    innocent, lethal = [freed_seat(), freed_seat()], freed_seat()
    await rig.tell(innocent[0], lethal, innocent[1])
    handle, tries = dispatcher._handle, []

    async def end_over_one(work: Any, reaction: Any, facts: Any) -> Any:
        if facts[0].event.offer_id == lethal.offer_id:
            tries.append(1)
            raise Ended
        return await handle(work, reaction, facts)

    monkeypatch.setattr(dispatcher, "_handle", end_over_one)
    together = join(await staged_bodies(rig))
    await dispatched(rig, lethal.type, together, deliveries=DELIVERY_LIMIT + 1)
    for _ in range(setbacks.MOST_FAILURES + 2):
        await make_due(rig)
        await _tries_all(rig)

    kept = [(one.state, one.reason) for one in await rig.letters()]
    assert kept == [("parked", "delivery-limit")]
    assert await rig.effects() == sorted(str(seat.offer_id) for seat in innocent)
    assert len(tries) == setbacks.MOST_FAILURES - 2


@whatever_the_transport
async def test_a_try_that_another_worker_has_counted_is_left_to_it(rig: Rig) -> None:
    await rig.tell(freed_seat())
    [body] = await staged_bodies(rig)
    await dispatched(rig, "registration.seat.freed.v1", body, deliveries=DELIVERY_LIMIT + 1)
    [letter] = await rig.letters()

    both = [await setbacks.count_try(rig.listener, letter) for _ in range(2)]

    assert both == [True, False]
    assert [one.attempt for one in await rig.letters()] == [letter.attempt + 1]


async def _tries_all(rig: Rig) -> None:
    """A worker tries what is due, until something ends it."""
    with suppress(Ended):
        for letter in await setbacks.due_letters(rig.listener):
            await Dispatcher(rig.listener, REACTIONS).try_letter(letter)
