"""A person who is forgotten leaves a tombstone, and nothing personal in the shared tables."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from shared.context import Context, Outcome, Work
from shared.contracts.registration import PartyDescribed, PersonDetailsChanged, PersonErased
from shared.erasure import forget
from shared.ids import new_id
from shared.jobs import Later, claim, finish, plan
from shared.tables import deferred, event_count, file, job, outbox, stored_answer, tombstone
from tests.shared.house import NOW, SERVICE, open_context

AMAL, BADR = uuid4(), uuid4()
PERSONAL = {"address": "amal@police.example"}


async def commit(context: Context, act: Any) -> None:
    await context.commit(act, actor=SERVICE, correlation_id="c-1")


async def forget_amal(work: Work) -> None:
    await forget(work, AMAL)


async def rows(context: Context, table: Any) -> Sequence[Any]:
    async with context.database.reading() as connection:
        return (await connection.execute(select(table))).all()


async def keep_something_of(context: Context, person: UUID) -> None:
    """A file, an answer, an event set aside, a private event unsent, and a job."""

    async def act(work: Work) -> Outcome:
        paper = {"id": new_id(), "person_id": person, "media_type": "application/pdf"}
        paper |= {"name": "certificate", "content": b"%PDF", "made_at": NOW}
        await work.connection.execute(file.insert().values(paper))
        answer = {"principal": "x", "route": "POST /x", "key": str(person), "person_id": person}
        answer |= {"digest": "", "status": 200, "body": b"{}", "kept_until": NOW}
        await work.connection.execute(stored_answer.insert().values(answer))
        letter = {"id": new_id(), "consumer": "x", "source": "y", "event_id": str(person)}
        letter |= {"type": "z", "person_id": person, "body": b"{}", "digest": "", "error": ""}
        letter |= {"state": "waiting", "reason": "", "attempt": 1, "due_at": NOW, "first_at": NOW}
        await work.connection.execute(deferred.insert().values(letter))
        await plan(work, Later("mail", str(person), PERSONAL, NOW, person))
        return [
            PersonDetailsChanged(person_id=person, email="amal@police.example"),
            PartyDescribed(party="JO", kind="country", names={}),
        ]

    await commit(context, act)


async def test_everything_about_the_person_goes_and_all_else_stays(database_url: str) -> None:
    async with open_context(database_url) as context:
        await keep_something_of(context, AMAL)
        await keep_something_of(context, BADR)

        await commit(context, forget_amal)

        for table in (file, stored_answer, deferred):
            assert [row.person_id for row in await rows(context, table)] == [BADR]
        private = [row for row in await rows(context, outbox) if row.person_id]
        assert [row.person_id for row in private] == [BADR]
        assert len(await rows(context, outbox)) == 3
        jobs = {row.person_id: row for row in await rows(context, job)}
        assert (jobs[AMAL].state, jobs[AMAL].payload) == ("cancelled", {})
        assert (jobs[BADR].state, jobs[BADR].payload) == ("waiting", PERSONAL)
        (stone,) = await rows(context, tombstone)
        assert (stone.person_id, stone.erased_at) == (AMAL, NOW)


async def test_unsent_private_event_is_counted_as_purged(database_url: str) -> None:
    async with open_context(database_url) as context:
        await keep_something_of(context, AMAL)

        await commit(context, forget_amal)

        purged = [row for row in await rows(context, event_count) if row.direction == "purged"]
        assert [(row.type, row.events) for row in purged] == [(PersonDetailsChanged.type, 1)]


async def test_unsent_event_that_tells_nothing_personal_is_still_sent(database_url: str) -> None:
    async with open_context(database_url) as context:

        async def announce(work: Work) -> Outcome:
            await forget(work, AMAL)
            return [PersonErased(person_id=AMAL)]

        await commit(context, announce)
        await commit(context, forget_amal)

        assert [row.type for row in await rows(context, outbox)] == [PersonErased.type]


async def test_forgetting_again_changes_nothing(database_url: str) -> None:
    async with open_context(database_url) as context:
        await keep_something_of(context, AMAL)
        await commit(context, forget_amal)
        tables = (tombstone, event_count, job, outbox, deferred, file)
        before = [await rows(context, table) for table in tables]
        context.clock.at += timedelta(days=1)  # type: ignore[attr-defined]

        await commit(context, forget_amal)

        assert [await rows(context, table) for table in tables] == before


async def test_work_that_is_done_or_being_done_keeps_nothing_personal(database_url: str) -> None:
    async with open_context(database_url) as context:
        await keep_something_of(context, AMAL)

        async def plan_another(work: Work) -> None:
            await plan(work, Later("sms", "done", PERSONAL, NOW, AMAL))

        await commit(context, plan_another)
        claimed = {one.kind: one for one in await claim(context)}

        async def finish_one(work: Work) -> None:
            await finish(work.connection, claimed["sms"])

        await commit(context, finish_one)
        await commit(context, forget_amal)

        jobs = {row.kind: row for row in await rows(context, job)}
        assert {kind: row.payload for kind, row in jobs.items()} == {"mail": {}, "sms": {}}
        assert {kind: row.state for kind, row in jobs.items()} == {
            "mail": "cancelled",
            "sms": "done",
        }
        assert await claim(context) == []
