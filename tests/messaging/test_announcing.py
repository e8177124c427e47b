"""A service that comes later is filled by what is stated anew, whatever carries it."""

from collections.abc import Sequence
from functools import partial

from shared.announcing import announce, told_by_row
from shared.context import OPERATOR, Outcome, Work
from shared.contracts.registration import PartyStated
from tests.messaging.rig import (
    METADATA,
    REACTIONS,
    Rig,
    described,
    freed_seat,
    party,
)

PARTIES = told_by_row(PartyStated, party.c.party, lambda row: described(row.party, row.names["en"]))


async def test_a_service_bound_after_events_were_published_is_filled_by_an_announcement(
    rig: Rig,
) -> None:
    await told_while_only_another_listened(rig, "JO", "MA", "TN")
    await rig.bind("scheduling", REACTIONS.types)
    async with rig.running():
        nothing = await kept(rig)

        await announce(rig.teller, PARTIES, OPERATOR)
        await rig.waits_for(lambda: _knows(rig, 3))

    assert nothing == []
    assert await kept(rig) == [("JO", "Jordan", 2), ("MA", "Jordan", 2), ("TN", "Jordan", 2)]
    assert await rig.effects() == []
    assert await rig.letters() == []


async def test_what_comes_late_after_an_announcement_changes_nothing_and_what_is_newer_does(
    rig: Rig,
) -> None:
    await told_while_only_another_listened(rig, "JO")
    await rig.bind("scheduling", REACTIONS.types)
    async with rig.running():
        await announce(rig.teller, PARTIES, OPERATOR)
        await rig.waits_for(lambda: _knows(rig, 1))
        await announce(rig.teller, PARTIES, OPERATOR)
        await rig.tell(freed_seat())
        await rig.waits_for(lambda: _has_done(rig, 1))
        again = await kept(rig)

        await tell(rig, "JO", "The Hashemite Kingdom")
        await rig.waits_for(lambda: _is_called(rig, "The Hashemite Kingdom"))

    assert again == [("JO", "Jordan", 2)]
    assert await kept(rig) == [("JO", "The Hashemite Kingdom", 3)]


async def told_while_only_another_listened(rig: Rig, *codes: str) -> None:
    """Parties were described, twice each; the listener was not bound yet."""
    async with rig.teller.database.writing() as connection:
        await connection.run_sync(METADATA.create_all)
    await rig.bind("scheduling", set())
    await rig.bind("reporting", REACTIONS.types)
    for code in codes:
        await tell(rig, code, "Jordania")
        await tell(rig, code, "Jordan")
    await rig.relay()


async def tell(rig: Rig, code: str, name: str) -> None:
    """Describe a party, in the teller's table and to the others."""
    await rig.act(partial(_described, code=code, name=name))


async def _described(work: Work, *, code: str, name: str) -> Outcome:
    row = {"party": code, "names": {"en": name}, "sequence": 0}
    await work.connection.execute(party.delete().where(party.c.party == code))
    await work.connection.execute(party.insert().values(**row))
    return [described(code, name)]


async def kept(rig: Rig) -> Sequence[tuple[str, str, int]]:
    """What the listener knows: code, name, sequence."""
    return sorted((row.party, row.names["en"], row.sequence) for row in await rig.rows(party))


async def _knows(rig: Rig, number: int) -> bool:
    return len(await kept(rig)) == number


async def _is_called(rig: Rig, name: str) -> bool:
    return {one[1] for one in await kept(rig)} == {name}


async def _has_done(rig: Rig, number: int) -> bool:
    return len(await rig.effects()) == number
