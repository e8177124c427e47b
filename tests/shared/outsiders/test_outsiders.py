"""Which systems take part, by what key they are known, and whom they mean by what."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.context import Context, Work
from shared.contracts.registration import AliasDescribed, OutsiderDescribed
from shared.erasure import forget
from shared.outsiders import (
    KeyIsNotValid,
    Meant,
    active_outsiders,
    alias,
    by_key,
    digest_of,
    find_outsider,
    keep_aliases,
    keep_outsiders,
    meant_by,
    new_key,
)
from shared.refusals import NotYetKnown
from tests.shared.house import SERVICE, as_actor, facts, open_context

KEY = new_key("jo-hr")
OFFICER = uuid4()


def an_outsider(**changed: Any) -> OutsiderDescribed:
    plain: dict[str, Any] = {
        "outsider": "jo-hr",
        "parties": ("JO",),
        "sends": ("external.nomination.submitted.v1",),
        "receives": ("registration.nomination.confirmed.v1",),
        "state": "active",
        "key_digest": digest_of(KEY),
    }
    return OutsiderDescribed(**plain | changed)


def an_alias(**changed: Any) -> AliasDescribed:
    plain: dict[str, Any] = {
        "alias_id": UUID(int=1),
        "outsider": "jo-hr",
        "kind": "officer",
        "party": "JO",
        "reference": "HR-77",
        "meant_id": OFFICER,
    }
    return AliasDescribed(**plain | changed)


async def keep(context: Context, *events: OutsiderDescribed, sequence: int = 1) -> int:
    async def kept(work: Work) -> int:
        await keep_outsiders(work, facts(*events, sequence=sequence))
        return work.stale

    return await as_actor(context, SERVICE, kept)


async def name(context: Context, *events: AliasDescribed, sequence: int = 1) -> int:
    async def kept(work: Work) -> int:
        await keep_aliases(work, facts(*events, sequence=sequence))
        return work.stale

    return await as_actor(context, SERVICE, kept)


async def meant(context: Context, reference: str = "HR-77", code: str = "jo-hr") -> Meant | None:
    async def asked(work: Work) -> Meant | None:
        return await meant_by(work, code, "officer", reference)

    return await as_actor(context, SERVICE, asked)


async def test_newest_description_of_a_system_is_kept_whatever_came_first(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await keep(context, an_outsider(state="suspended"), sequence=2)

        stale = await keep(context, an_outsider(), sequence=1)

        async with context.database.reading() as connection:
            kept = await find_outsider(connection, "jo-hr")
            assert stale == 1
            assert kept is not None
            assert (kept.state, kept.active, *kept.parties) == ("suspended", False, "JO")
            assert await active_outsiders(connection) == []


async def test_key_leads_to_the_system_it_belongs_to(database_url: str) -> None:
    async with open_context(database_url) as context:
        await keep(context, an_outsider(), an_outsider(outsider="ma-hr", key_digest=None))

        async with context.database.reading() as connection:
            found = await by_key(connection, KEY)

        assert found.code == "jo-hr"


@pytest.mark.parametrize(
    "key",
    [
        *("", ".", "jo-hr", "jo-hr.", "ma-hr.", "nobody.x", "JO.x", "x" * 10_000),
        *(f"{KEY}x", KEY[:-1], KEY.upper(), f"ma-hr.{KEY[6:]}"),
        *("jo-hr\0.x", "\udcff.x", "jo-hr.\udcff"),
    ],
)
async def test_key_that_is_not_one_is_refused_whatever_it_looks_like(
    database_url: str, key: str
) -> None:
    async with open_context(database_url) as context:
        await keep(context, an_outsider(), an_outsider(outsider="ma-hr", key_digest=None))

        async with context.database.reading() as connection:
            with pytest.raises(KeyIsNotValid) as refused:
                await by_key(connection, key)

        assert refused.value.status == 401


@pytest.mark.parametrize("state", ["suspended", "removed"])
async def test_key_of_a_system_that_takes_no_part_is_refused(database_url: str, state: str) -> None:
    async with open_context(database_url) as context:
        await keep(context, an_outsider(state=state))

        async with context.database.reading() as connection:
            with pytest.raises(KeyIsNotValid):
                await by_key(connection, KEY)


async def test_reference_means_what_was_said_for_that_system_alone(database_url: str) -> None:
    async with open_context(database_url) as context:
        await name(context, an_alias())

        found = await meant(context)

        assert found == Meant(OFFICER, "JO")
        assert await meant(context, "HR-78") is None
        assert await meant(context, code="ma-hr") is None


async def test_withdrawn_alias_means_nobody_also_when_it_was_withdrawn_first(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await name(context, an_alias(meant_id=None), sequence=2)

        await name(context, an_alias(), sequence=1)

        assert await meant(context) is None


async def test_nothing_is_left_of_how_an_erased_officer_was_called(database_url: str) -> None:
    async with open_context(database_url) as context:
        await name(context, an_alias())
        await as_actor(context, SERVICE, lambda work: forget(work, OFFICER))

        await name(context, an_alias(alias_id=UUID(int=2)), an_alias(), sequence=3)

        async with context.database.reading() as connection:
            rows = (await connection.execute(alias.select())).all()
        assert {(row.reference, row.meant_id) for row in rows} == {("", None)}


async def test_reference_that_is_given_anew_waits_for_the_erasure_of_the_first(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        other = uuid4()
        await name(context, an_alias(), an_alias(alias_id=UUID(int=2), meant_id=other))

        with pytest.raises(NotYetKnown):
            await meant(context)

        await as_actor(context, SERVICE, lambda work: forget(work, OFFICER))
        assert await meant(context) == Meant(other, "JO")
