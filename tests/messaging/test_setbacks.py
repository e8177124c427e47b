"""What can not take effect yet waits or is parked; what is good is never held up by it."""

from itertools import pairwise
from typing import Any

import pytest

from shared.contracts.registration import NominationSubmitted
from shared.database import DatabaseIsBusy
from shared.ids import new_id
from shared.messaging import deferred as setbacks
from shared.messaging.held import discard, replay
from shared.messaging.transport import DELIVERY_LIMIT, join
from tests.messaging.handing import dispatched, make_due, staged_bodies
from tests.messaging.rig import (
    HARMFUL,
    Rig,
    described,
    freed_seat,
    whatever_the_transport,
)


def nominee(party: str = "JO") -> NominationSubmitted:
    """An officer put forward by a party."""
    return NominationSubmitted.model_validate(
        {
            **{name: new_id() for name in ("nomination_id", "call_id", "activity_id")},
            **{name: new_id() for name in ("project_id", "person_id")},
            "party": party,
            "sex": "female",
            "unit": "immigration",
            "priority": 1,
            "status": "submitted",
            "submitted_at": "2018-03-01T08:00:00Z",
        }
    )


async def test_an_event_waits_for_the_fact_it_depends_on(rig: Rig) -> None:
    async with rig.running():
        await rig.tell(nominee())
        await rig.waits_for(lambda: _number_of_letters(rig, 1))
        waiting = await rig.letters()

        await rig.tell(described("JO"))
        await rig.waits_for(rig.is_quiet)

    assert [(one.state, one.reason) for one in waiting] == [("waiting", "not-yet-known")]
    assert len(await rig.effects()) == 1
    assert await rig.letters() == []


@whatever_the_transport
async def test_delays_grow_from_a_fifth_of_a_second(rig: Rig) -> None:
    await rig.tell(nominee())
    [body] = await staged_bodies(rig)
    await dispatched(rig, "registration.nomination.submitted.v1", body)
    [first] = await rig.letters()
    delays = [first.due_at - first.first_at]

    for _ in range(4):
        before = rig.listener.clock.machine()
        [letter] = await rig.letters()
        await setbacks.settle(rig.listener, letter, setbacks.Setback("not-yet-known", "party"))
        [letter] = await rig.letters()
        delays.append(letter.due_at - before)

    assert delays[0] == setbacks.FIRST_DELAY
    assert all(later > earlier * 1.5 for earlier, later in pairwise(delays))


@whatever_the_transport
async def test_an_event_is_parked_for_waiting_too_long_and_not_for_being_tried_often(
    rig: Rig,
) -> None:
    missing = setbacks.Setback("not-yet-known", "party")
    await rig.tell(nominee())
    [body] = await staged_bodies(rig)
    await dispatched(rig, "registration.nomination.submitted.v1", body)

    await make_due(rig, attempt=10_000)
    await setbacks.settle(rig.listener, (await rig.letters())[0], missing)
    [tried_often] = await rig.letters()
    await make_due(rig, first_at=rig.listener.clock.machine() - setbacks.PATIENCE)
    await setbacks.settle(rig.listener, (await rig.letters())[0], missing)
    [waited_long] = await rig.letters()

    assert (tried_often.state, waited_long.state) == ("waiting", "parked")


async def test_a_poisonous_event_does_not_hold_up_the_good_ones_in_its_pack(rig: Rig) -> None:
    good = [freed_seat() for _ in range(9)]
    seats = [*good[:4], freed_seat(HARMFUL), *good[4:]]

    async with rig.running():
        await rig.tell(*seats)
        await rig.waits_for(lambda: _number_of_letters(rig, 1))

    assert await rig.effects() == sorted(str(seat.offer_id) for seat in good)
    assert [letter.reason for letter in await rig.letters()] == ["failed"]


@whatever_the_transport
async def test_an_event_that_fails_again_and_again_is_parked(rig: Rig) -> None:
    await rig.tell(freed_seat(HARMFUL))

    async with rig.running():
        await rig.waits_for(lambda: _number_of_letters(rig, 1))
        await rig.waits_for(lambda: _parked_once_due(rig))

    [letter] = await rig.letters()
    assert letter.attempt == setbacks.MOST_FAILURES
    assert letter.error == "ValueError in note_a_freed_seat"


@whatever_the_transport
async def test_a_parked_event_takes_effect_once_it_is_replayed(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = freed_seat(HARMFUL)
    await rig.tell(seat)
    [body] = await staged_bodies(rig)
    await dispatched(rig, "registration.seat.freed.v1", body)
    await make_due(rig, state="parked")
    monkeypatch.setattr("tests.messaging.rig.HARMFUL", "no longer")

    [letter] = await rig.letters()
    async with rig.listener.database.writing() as connection:
        found = await replay(connection, letter.id, rig.listener.clock.machine())
    async with rig.running():
        await rig.waits_for(lambda: _number_of_letters(rig, 0))

    assert found
    assert await rig.effects() == [str(seat.offer_id)]


@whatever_the_transport
async def test_a_discarded_event_is_gone_and_a_waiting_one_can_not_be_discarded(rig: Rig) -> None:
    await rig.tell(freed_seat(HARMFUL))
    [body] = await staged_bodies(rig)
    await dispatched(rig, "registration.seat.freed.v1", body)
    [letter] = await rig.letters()

    async with rig.listener.database.writing() as connection:
        too_early = await discard(connection, letter.id)
    await make_due(rig, state="parked")
    async with rig.listener.database.writing() as connection:
        in_time = await discard(connection, letter.id)

    assert (too_early, in_time is not None) == (None, True)
    assert await rig.letters() == []


@whatever_the_transport
async def test_a_known_id_with_another_body_is_parked_and_has_no_effect(rig: Rig) -> None:
    await rig.tell(freed_seat())
    [body] = await staged_bodies(rig)
    other = body.replace(b'"declined"', b'"withdrawn"')
    await dispatched(rig, "registration.seat.freed.v1", body)

    await dispatched(rig, "registration.seat.freed.v1", other)
    await dispatched(rig, "registration.seat.freed.v1", other)

    assert len(await rig.effects()) == 1
    assert [(one.state, one.reason) for one in await rig.letters()] == [("parked", "id-reused")]


@whatever_the_transport
@pytest.mark.parametrize(
    "poison",
    [
        b"not json",
        b"{}",
        b'"text"',
        b"\xff\xfe",
        b'{"specversion":"1.0"}',
        b"9" * 5000,
        b"[" * 2000,
    ],
)
async def test_what_can_not_be_read_is_parked_and_the_rest_goes_on(rig: Rig, poison: bytes) -> None:
    await rig.tell(freed_seat())
    [body] = await staged_bodies(rig)

    await dispatched(rig, "registration.seat.freed.v1", join([poison, body]))

    assert len(await rig.effects()) == 1
    [letter] = await rig.letters()
    assert (letter.state, letter.reason) == ("parked", "unreadable")


@whatever_the_transport
async def test_a_field_of_the_wrong_type_is_parked_with_its_place_and_without_its_value(
    rig: Rig,
) -> None:
    await rig.tell(freed_seat())
    [body] = await staged_bodies(rig)
    wrong = body.replace(b'"reason":"declined"', b'"reason":"because of Amal"')

    await dispatched(rig, "registration.seat.freed.v1", wrong)

    [letter] = await rig.letters()
    assert letter.error == "reason: literal_error"


async def test_nothing_is_parked_however_often_the_database_was_away(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = [freed_seat() for _ in range(3)]
    for seat in seats:
        await rig.tell(seat)
        await rig.relay()
    commit, calls = rig.listener.commit, []

    async def away(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) <= len(seats) * (DELIVERY_LIMIT + 2):
            raise DatabaseIsBusy
        return await commit(*args, **kwargs)

    monkeypatch.setattr(rig.listener, "commit", away)
    async with rig.running():
        await rig.waits_for(rig.is_quiet)

    assert len(calls) > len(seats) * (DELIVERY_LIMIT + 2)
    assert await rig.letters() == []
    assert await rig.effects() == sorted(str(seat.offer_id) for seat in seats)


async def _number_of_letters(rig: Rig, number: int) -> bool:
    return len(await rig.letters()) == number


async def _parked_once_due(rig: Rig) -> bool:
    await make_due(rig)
    return all(letter.state == "parked" for letter in await rig.letters())
