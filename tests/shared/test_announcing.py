"""What is stated anew is the present state under its present sequence, page by page."""

import json
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Column, MetaData, String, Table, select

from shared import announcing
from shared.announcing import Kind, KindIsNotAnnounced, NobodyListens, announce, kind_named, rows_of
from shared.context import Context, Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import PartyDescribed, PartyStated
from shared.contracts.stated import STATED, stated_as
from shared.messaging.reactions import StatedIsReadAsNewest, each, newest, pack
from shared.tables import aggregate_sequence, audit, event_count, outbox
from tests.shared.house import SERVICE, open_context, somebody

METADATA = MetaData()
country = Table(
    "country",
    METADATA,
    Column("code", String(20), primary_key=True),
    Column("name", String(40), nullable=False),
)
OPERATOR = somebody("admin", "operator")


def described(code: str, name: str) -> PartyDescribed:
    """A country under a name."""
    return PartyDescribed(party=code, kind="country", names={"en": name})


async def tell(work: Work, codes: Sequence[str]) -> list[Event]:
    rows = await rows_of(work, country.c.code, codes)
    return [described(row.code, row.name) for row in rows]


PARTIES = Kind(PartyStated, country.c.code, tell)


@pytest_asyncio.fixture
async def context(database_url: str) -> AsyncIterator[Context]:
    """Registration, which owns countries."""
    async with open_context(database_url) as made:
        async with made.database.writing() as connection:
            await connection.run_sync(METADATA.create_all)
        yield made


async def test_facts_are_stated_with_the_sequences_they_have_which_stay_as_they_are(
    context: Context,
) -> None:
    for name in ("Jordania", "Jordan", "The Hashemite Kingdom"):
        await describe(context, "JO", name)
    await describe(context, "MA", "Morocco")
    before = await rows(context, aggregate_sequence)

    number = await announce(context, PARTIES, OPERATOR)

    stated = await said(context, "registration.party.stated.v1")
    assert number == 2
    assert [(one["partitionkey"], int(one["sequence"])) for one in stated] == [("JO", 3), ("MA", 1)]
    assert [one["data"]["names"]["en"] for one in stated] == ["The Hashemite Kingdom", "Morocco"]
    assert await rows(context, aggregate_sequence) == before


async def test_each_announcement_has_new_ids_and_one_line_in_the_audit(context: Context) -> None:
    await describe(context, "JO", "Jordan")

    await announce(context, PARTIES, OPERATOR)
    await announce(context, PARTIES, OPERATOR)

    first, second = await said(context, "registration.party.stated.v1")
    assert first["id"] != second["id"]
    lines = await rows(context, audit)
    assert [(one.action, one.object, one.role) for one in lines] == [
        ("announce", "party", "admin")
    ] * 2
    counted = [one for one in await rows(context, event_count) if one.type == PartyStated.type]
    assert sum(one.events for one in counted) == 2


async def test_many_facts_are_stated_page_by_page_and_none_twice(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "AGGREGATES_AT_ONCE", 2)
    codes = ["DZ", "EG", "JO", "LB", "MA", "TN"]
    for code in codes:
        await describe(context, code, code)

    number = await announce(context, PARTIES, OPERATOR)

    stated = await said(context, "registration.party.stated.v1")
    assert number == len(codes)
    assert [one["partitionkey"] for one in stated] == codes
    assert len({one["correlationid"] for one in stated}) == 1
    assert len(await rows(context, audit)) == 1


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_what_changes_meanwhile_is_never_stated_with_a_sequence_too_high(
    context: Context,
) -> None:
    await describe(context, "JO", "Jordania")

    async def changed_before_it_is_read(work: Work, codes: Sequence[str]) -> list[Event]:
        await describe(context, "JO", "Jordan")
        return await tell(work, codes)

    await announce(context, Kind(PartyStated, country.c.code, changed_before_it_is_read), OPERATOR)

    (stated,) = await said(context, "registration.party.stated.v1")
    *_, change = await said(context, "registration.party.described.v1")
    assert (stated["data"]["names"]["en"], int(stated["sequence"])) == ("Jordan", 1)
    assert (change["data"], int(change["sequence"])) == (stated["data"], 2)


async def test_only_what_is_known_and_listened_to_can_be_announced() -> None:
    class UnheardStated(PartyDescribed, type="registration.unheard.stated.v1", stated=True):
        """Nobody listens to it."""

    unheard = Kind(UnheardStated, country.c.code, tell)

    with pytest.raises(KindIsNotAnnounced):
        kind_named([PARTIES], "country")
    with pytest.raises(NobodyListens):
        kind_named([PARTIES, unheard], "unheard")

    assert kind_named([PARTIES, unheard], "party") is PARTIES
    assert PARTIES.listeners == ["scheduling", "reporting"]


async def test_whoever_keeps_the_newest_takes_what_is_stated_anew_and_nobody_else_does() -> None:
    async def keep(*_: object) -> None:
        return None

    taken = [reaction.event_type for reaction in newest(PartyDescribed, keep)]

    assert taken == [PartyDescribed, PartyStated]
    for shape in (each, pack):
        with pytest.raises(StatedIsReadAsNewest):
            shape(PartyStated, keep)


def test_what_is_stated_is_whole_as_private_as_its_source_and_not_public() -> None:
    sources: dict[type[Event], Any] = {stated: stated.__bases__[0] for stated in STATED}

    assert all(stated.whole and not stated.public for stated in STATED)
    assert all(stated.private == source.private for stated, source in sources.items())
    assert all(stated_as(source) is stated for stated, source in sources.items())
    assert all(
        stated.model_fields.keys() >= source.model_fields.keys()
        for stated, source in sources.items()
    )


async def describe(context: Context, code: str, name: str) -> None:
    """Write a country down, and tell of it."""
    await context.commit(
        partial(_described, code=code, name=name), actor=SERVICE, correlation_id="c"
    )


async def _described(work: Work, *, code: str, name: str) -> Outcome:
    await work.connection.execute(country.delete().where(country.c.code == code))
    await work.connection.execute(country.insert().values(code=code, name=name))
    return [described(code, name)]


async def said(context: Context, event_type: str) -> list[dict[str, Any]]:
    """What stands in the outbox of a type."""
    return [json.loads(row.body) for row in await rows(context, outbox) if row.type == event_type]


async def rows(context: Context, table: Table) -> Sequence[Any]:
    """All rows of a table, by key."""
    async with context.database.reading() as connection:
        return (await connection.execute(select(table).order_by(*table.primary_key))).all()
