"""State, events, audit and answer are committed together, or none of them."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from shared.context import Audited, Context, Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import PartyDescribed
from shared.refusals import NotFound
from shared.tables import aggregate_sequence, audit, event_count, file, outbox, tombstone
from tests.shared.house import NOW, SERVICE, open_context, somebody

JORDAN = PartyDescribed(party="JO", kind="country", names={"en": "Jordan"})
EGYPT = PartyDescribed(party="EG", kind="country", names={"ar": "مصر"})


async def rows(context: Context, table: Any) -> Sequence[Any]:
    async with context.database.reading() as connection:
        query = select(table).order_by(*table.primary_key.columns)
        return (await connection.execute(query)).all()


async def forget_somebody(work: Work) -> Outcome:
    row = {"person_id": uuid4(), "erased_at": work.now}
    await work.connection.execute(tombstone.insert().values(row))
    return [JORDAN, EGYPT, JORDAN]


async def commit(context: Context, act: Any, **more: Any) -> Sequence[Event]:
    more.setdefault("audited", Audited("describe-party", "party/JO"))
    return await context.commit(act, actor=somebody("admin"), correlation_id="c-1", **more)


async def test_events_get_their_sequence_and_their_envelope(database_url: str) -> None:
    async with open_context(database_url) as context:
        await commit(context, forget_somebody)
        await commit(context, forget_somebody)

        envelopes = [json.loads(row.body) for row in await rows(context, outbox)]
        assert [(one["partitionkey"], int(one["sequence"])) for one in envelopes] == [
            ("JO", 1), ("EG", 1), ("JO", 2), ("JO", 3), ("EG", 2), ("JO", 4),
        ]  # fmt: skip
        assert len({one["id"] for one in envelopes}) == 6
        first = envelopes[0]
        assert first["source"] == "urn:cadre:test:registration"
        assert first["time"] == "2018-06-01T12:00:00Z"
        assert (first["correlationid"], first["actor"], first["party"]) == ("c-1", "admin", "JO")
        assert envelopes[1]["data"]["names"] == {"ar": "مصر"}
        assert sum(row.events for row in await rows(context, event_count)) == 6
        assert context.signals.outbox.is_set()


async def test_refusal_undoes_whatever_was_done(database_url: str) -> None:
    async with open_context(database_url) as context:

        async def act(work: Work) -> Outcome:
            await forget_somebody(work)
            return NotFound("no such party")

        with pytest.raises(NotFound, match="no such party"):
            await commit(context, act)

        for table in (tombstone, outbox, audit, aggregate_sequence, event_count):
            assert await rows(context, table) == []
        assert not context.signals.outbox.is_set()


async def test_answer_that_fails_undoes_the_command(database_url: str) -> None:
    async with open_context(database_url) as context:

        async def answer(work: Work) -> None:
            raise NotFound

        with pytest.raises(NotFound):
            await commit(context, forget_somebody, answer=answer)

        for table in (tombstone, outbox, audit, event_count):
            assert await rows(context, table) == []


async def test_record_is_written_with_the_deed(database_url: str) -> None:
    async with open_context(database_url) as context:
        await commit(context, forget_somebody)

        (record,) = await rows(context, audit)
        assert (record.subject, record.role, record.at) == ("amal", "admin", NOW)
        assert (record.action, record.object, record.outcome) == (
            "describe-party", "party/JO", "done",
        )  # fmt: skip


async def test_reaction_of_a_service_leaves_no_record_and_names_its_cause(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await context.commit(forget_somebody, actor=SERVICE, correlation_id="c-9")

        assert await rows(context, audit) == []
        (first, *_) = await rows(context, outbox)
        assert json.loads(first.body)["actor"] == "registration"


async def test_erased_persons_are_told_from_others(database_url: str) -> None:
    async with open_context(database_url) as context:
        erased, other = uuid4(), uuid4()
        found: list[set[Any]] = []

        async def act(work: Work) -> None:
            row = {"person_id": erased, "erased_at": work.now}
            await work.connection.execute(tombstone.insert().values(row))
            found.append(await work.erased(erased, other))
            found.append(await work.erased(other))
            found.append(await work.erased())

        await commit(context, act)

        assert found == [{erased}, set(), set()]
        assert await rows(context, file) == []
