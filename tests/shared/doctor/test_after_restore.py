"""A service that was restored to an earlier state counts on from above what others know."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from shared.context import Context, Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import PartyDescribed, PersonErased
from shared.doctor.after_restore import ABOVE_WHAT_IS_NOT_ARCHIVED, after_restore
from shared.doctor.archive import Archive, ArchiveIsAway
from shared.doctor.telling import restored_lines
from shared.ids import new_id
from shared.tables import aggregate_sequence, audit
from tests.shared.doctor.archived import archive_of, forget_the_outbox, service_of, told
from tests.shared.house import open_context, somebody


@pytest_asyncio.fixture
async def context(database_url: str) -> AsyncIterator[Context]:
    """Registration."""
    async with open_context(database_url) as made:
        yield made


async def test_next_fact_is_newer_than_every_lost_one_and_the_lost_are_named(
    context: Context,
) -> None:
    await tell(context, described("JO"), described("JO"), described("MA"))
    kept = await counted(context)
    await tell(context, described("JO"), described("JO"), described("EG"))
    everything = await told(context)
    await put_back(context, kept)

    async with archive_of(*everything) as archive:
        found = await after_restore(service_of(context), archive)
        again = await after_restore(service_of(context), archive)
    await tell(context, described("JO"), described("MA"))

    assert [(one.about, one.sequence) for one in found.lost] == [
        ("party:EG", 1),
        ("party:JO", 3),
        ("party:JO", 4),
    ]
    assert {one.actor for one in found.lost} == {"admin"}
    assert (found.raised, again.lost) == (2, [])
    assert await counted(context) == {"party:JO": 6, "party:MA": 2, "party:EG": 2}
    assert [(row.action, row.outcome) for row in await audited(context)] == [
        ("after-restore", "done")
    ] * 2


async def test_what_is_not_archived_counts_on_from_further_up(context: Context) -> None:
    person = new_id()
    await tell(context, PersonErased(person_id=person))
    await tell(context, described("JO"))
    kept = await counted(context)

    async with archive_of(*await told(context)) as archive:
        found = await after_restore(service_of(context), archive)

    assert found.lost == []
    assert await counted(context) == {
        **kept,
        f"person_id:{person}": 1 + ABOVE_WHAT_IS_NOT_ARCHIVED,
    }


async def test_what_a_service_has_in_doubt_is_put_in_doubt(context: Context) -> None:
    async def doubt(work: Work) -> int:
        return 3

    async with archive_of() as archive:
        found = await after_restore(service_of(context, after_restore=doubt), archive)

    assert found.doubtful == 3


async def test_erasures_are_told_first_and_what_was_done_together_in_one_line(
    context: Context,
) -> None:
    await tell(context, described("JO"), described("MA"), PersonErased(person_id=new_id()))
    everything = await told(context)
    await put_back(context, {})

    async with archive_of(*everything) as archive:
        found = await after_restore(service_of(context), archive)

    lines = restored_lines("registration", found).splitlines()
    listed = [line.split("  ")[2:] for line in lines if line.startswith("  2018")]
    assert listed[0][0].startswith("registration.person.erased.v1")
    assert listed[1][0].startswith("registration.party.described.v1")
    assert lines[0].startswith("registration: 3 facts are known to the others")
    assert "and 1 more" in "\n".join(lines)
    assert len(json.loads(restored_lines("registration", found, as_json=True))["lost"]) == 3


@pytest.mark.parametrize("status", [401, 503])
async def test_nothing_is_changed_where_the_archive_can_not_be_read(
    context: Context, status: int
) -> None:
    await tell(context, described("JO"))
    before = await counted(context)
    transport = httpx.MockTransport(lambda _: httpx.Response(status))

    async with httpx.AsyncClient(transport=transport, base_url="http://archive") as client:
        with pytest.raises(ArchiveIsAway, match=str(status)):
            await after_restore(service_of(context), Archive(client))

    assert await counted(context) == before


def described(code: str) -> PartyDescribed:
    """A country."""
    return PartyDescribed(party=code, kind="country", names={"en": code})


async def tell(context: Context, *events: Event) -> None:
    """Somebody has a service tell of something."""

    async def act(work: Work) -> Outcome:
        return events

    await context.commit(act, actor=somebody("admin"), correlation_id="c-1")


async def counted(context: Context) -> dict[str, int]:
    """How far each aggregate has counted."""
    async with context.database.reading() as connection:
        rows = await connection.execute(select(aggregate_sequence))
        return {row.aggregate: row.last for row in rows}


async def put_back(context: Context, kept: dict[str, int]) -> None:
    """The service is as it was before."""
    await forget_the_outbox(context.database)
    async with context.database.writing() as connection:
        await connection.execute(aggregate_sequence.delete())
        for aggregate, last in kept.items():
            row = {"aggregate": aggregate, "last": last}
            await connection.execute(aggregate_sequence.insert().values(row))


async def audited(context: Context) -> list[Any]:
    """What was written down."""
    async with context.database.reading() as connection:
        return list(await connection.execute(select(audit)))
