"""A person who is forgotten leaves a tombstone, and nothing personal in the shared tables."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from shared.context import Context, Outcome, Work
from shared.contracts.registration import (
    ChannelAssigned,
    PartyDescribed,
    PersonDetailsChanged,
    PersonErased,
    SeatFreed,
    StaffAssigned,
)
from shared.erasure import forget
from shared.ids import new_id
from shared.jobs import Later, claim, finish, plan
from shared.rights import channel, keep_channels, keep_staff, staff_assignment
from shared.tables import deferred, event_count, file, job, outbox, stored_answer, tombstone
from tests.shared.house import NOW, SERVICE, a_fact, facts, open_context

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
        answer = {"principal": "x", "address": "POST /x", "key": str(person), "person_id": person}
        answer |= {"digest": "", "status": 200, "body": b"{}", "kept_until": NOW}
        await work.connection.execute(stored_answer.insert().values(answer))
        for event in (PersonDetailsChanged, SeatFreed):
            letter = {"id": new_id(), "consumer": "x", "source": "y", "person_id": person}
            letter |= {"event_id": f"{event.type} {person}", "type": event.type, "body": b"{}"}
            letter |= {"state": "waiting", "reason": "", "attempt": 1, "digest": "", "error": ""}
            letter |= {"due_at": NOW, "first_at": NOW}
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

        for table in (file, stored_answer):
            assert [row.person_id for row in await rows(context, table)] == [BADR]
        set_aside = {(row.person_id, row.type) for row in await rows(context, deferred)}
        assert set_aside == {
            (AMAL, SeatFreed.type),
            (BADR, SeatFreed.type),
            (BADR, PersonDetailsChanged.type),
        }
        private = [row for row in await rows(context, outbox) if row.person_id]
        assert [row.person_id for row in private] == [BADR]
        assert len(await rows(context, outbox)) == 3
        jobs = {row.person_id: row for row in await rows(context, job)}
        assert (jobs[AMAL].state, jobs[AMAL].payload) == ("cancelled", {})
        assert (jobs[BADR].state, jobs[BADR].payload) == ("waiting", PERSONAL)
        (stone,) = await rows(context, tombstone)
        assert (stone.person_id, stone.erased_at) == (AMAL, NOW)


async def test_private_event_that_went_is_still_accounted_for(database_url: str) -> None:
    async with open_context(database_url) as context:
        await keep_something_of(context, AMAL)

        await commit(context, forget_amal)

        counted = {
            (row.direction, row.consumer, row.type): row.events
            for row in await rows(context, event_count)
            if row.direction != "committed"
        }
        assert counted == {
            ("purged", "", PersonDetailsChanged.type): 1,
            ("taken-in", "x", PersonDetailsChanged.type): 1,
        }


async def test_nobody_signs_in_as_the_person(database_url: str) -> None:
    async with open_context(database_url) as context:
        for person in (AMAL, BADR):
            staff = StaffAssigned(
                assignment_id=uuid4(),
                project_id=uuid4(),
                person_id=person,
                login="l",
                role="coordinator",
                from_on=NOW.date(),
            )
            channels = ChannelAssigned(
                channel_id=uuid4(),
                project_id=uuid4(),
                party="JO",
                holder_id=person,
                holder_login="l",
                deputy_id=AMAL,
                deputy_login="l",
                from_on=NOW.date(),
            )
            await commit(context, partial(keep_staff, facts=facts(staff)))
            await commit(context, partial(keep_channels, facts=facts(channels)))

        await commit(context, forget_amal)

        logins = {row.person_id: row.login for row in await rows(context, staff_assignment)}
        assert logins == {AMAL: None, BADR: "l"}
        held = {row.holder_id: row.holder_login for row in await rows(context, channel)}
        assert held == {AMAL: None, BADR: "l"}
        assert {row.deputy_login for row in await rows(context, channel)} == {None}


async def test_erased_person_loses_their_sign_in_and_a_late_fact_does_not_bring_it_back(
    database_url: str,
) -> None:
    assigned = StaffAssigned(
        assignment_id=uuid4(),
        project_id=uuid4(),
        person_id=AMAL,
        login="amals-login",
        role="coordinator",
        from_on=NOW.date(),
    )

    async with open_context(database_url) as context:

        async def assign(work: Work) -> None:
            await keep_staff(work, [a_fact(assigned, 1)])

        async def assign_late(work: Work) -> None:
            await keep_staff(work, [a_fact(assigned, 2)])

        await commit(context, assign)
        await commit(context, forget_amal)
        after_erasure = [row.login for row in await rows(context, staff_assignment)]
        await commit(context, assign_late)
        after_late_fact = [row.login for row in await rows(context, staff_assignment)]

    assert (after_erasure, after_late_fact) == ([None], [None])


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
            await finish(work, claimed["sms"])

        await commit(context, finish_one)
        await commit(context, forget_amal)

        jobs = {row.kind: row for row in await rows(context, job)}
        assert {kind: row.payload for kind, row in jobs.items()} == {"mail": {}, "sms": {}}
        assert {kind: row.state for kind, row in jobs.items()} == {
            "mail": "cancelled",
            "sms": "done",
        }
        assert await claim(context) == []
