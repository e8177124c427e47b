"""What happens to events, jobs and requests is counted, and no label tells of anybody."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.clock import Clock
from shared.context import Act, Context, Work
from shared.database import Database
from shared.ids import new_id
from shared.jobs import Job, Later, TryAgain, plan
from shared.links import Links
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.embedded import EmbeddedTransport
from shared.messaging.transport import Delivery, Exchange, Message
from shared.observing import readings
from shared.observing.readings import Readings
from shared.observing.tally import Sample
from shared.observing.watched import Watched, watched
from shared.service import Service
from tests.conftest import PreparedDatabase
from tests.messaging.rig import REACTIONS, TABLES, Rig, described, freed_seat, make_rig
from tests.shared.observing.shown import Shown, shown_by
from tests.shared.web.diary import Diary

LINKS = Links(b"k" * 32, "http://cadre.test", "away")
TYPE = {
    "party": "registration.party.described.v1",
    "seat": "registration.seat.freed.v1",
}


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is read anew each time."""
    monkeypatch.setattr(readings, "SECONDS_TO_KEEP", 0)


@pytest_asyncio.fixture
async def rig(prepared_database: PreparedDatabase, tmp_path: Path) -> AsyncIterator[Rig]:
    """Registration and scheduling with a transport between them."""
    teller, listener = [await prepared_database(*TABLES) for _ in range(2)]
    made = await make_rig(teller, listener, tmp_path)
    yield made
    await made.close()


async def shown_of(rig: Rig, context: Context) -> Shown:
    """All that one of the two shows."""
    service = Service(context, rig.transport, REACTIONS, {}, FastAPI())
    return await shown_by(watched(service, "api", "worker", "relay"))


async def test_every_way_an_event_may_go_is_counted(rig: Rig) -> None:
    await rig.tell(described("JO", "Jordan"), described("JO", "The Kingdom"), freed_seat("HARM"))
    waiting = await shown_of(rig, rig.teller)
    await rig.relay()
    sent = await shown_of(rig, rig.teller)
    queue = Dispatcher(rig.listener, REACTIONS)
    [first, *others] = await messages_in(rig)
    for message in (first, *others, first):
        await queue.dispatch(Delivery(message))
    await queue.dispatch(Delivery(Message(TYPE["seat"], b"{}")))

    taken = await shown_of(rig, rig.listener)

    assert waiting["cadre_outbox_events",] == 3
    assert waiting["cadre_outbox_oldest_seconds",] > 0
    assert waiting["cadre_events_committed_total", TYPE["party"]] == 2
    assert sent["cadre_outbox_events",] == sent["cadre_outbox_oldest_seconds",] == 0
    assert sent["cadre_events_published_total", TYPE["party"]] == 2
    assert taken["cadre_events_handled_total", "scheduling", TYPE["party"]] == 2
    assert taken["cadre_events_stale_total", "scheduling", TYPE["party"]] == 1
    assert taken["cadre_inbox_duplicates_total", "scheduling", TYPE["party"]] == 2
    assert taken["cadre_events_deferred_total", "scheduling", "failed", TYPE["seat"]] == 1
    assert taken["cadre_events_parked_total", "scheduling", "unreadable", TYPE["seat"]] == 1
    assert taken["cadre_deferred_events", "scheduling", "waiting", TYPE["seat"]] == 1
    assert taken["cadre_deferred_events", "scheduling", "parked", TYPE["seat"]] == 1


async def test_event_that_is_tried_again_is_counted_by_how_that_went(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.deferred.MOST_FAILURES", 2)
    await rig.tell(freed_seat("HARM"))
    async with rig.running():
        await rig.waits_for(partial(is_parked, rig))

        shown = await shown_of(rig, rig.listener)

    assert shown["cadre_events_retried_total", "scheduling", "parked", TYPE["seat"]] == 1
    assert shown["cadre_events_parked_total", "scheduling", "failed", TYPE["seat"]] == 1
    assert ("cadre_events_handled_total", "scheduling", TYPE["seat"]) not in shown


async def test_what_an_outsider_calls_its_event_is_no_label(rig: Rig) -> None:
    named = Message("amal.haddad@police.example", b"{}", Exchange.INGRESS, "Amal Haddad")
    await Dispatcher(rig.listener, REACTIONS).dispatch(Delivery(named))

    shown = await shown_of(rig, rig.listener)

    assert shown["cadre_events_parked_total", "ingress", "sender-is-nobody", "unknown"] == 1
    assert shown["cadre_deferred_events", "ingress", "parked", "unknown"] == 1
    assert not any("amal" in label.lower() for labels in shown for label in labels)


async def test_jobs_are_counted_by_kind_and_state_and_the_oldest_tells_how_late_they_are(
    rig: Rig,
) -> None:
    now = rig.listener.clock.machine()
    some = [("done", -60), ("put-off", -30), ("later", 3600)]
    await rig.listener.commit(
        partial(plan_all, jobs=[(kind, now + timedelta(seconds=due)) for kind, due in some]),
        actor=rig.listener.itself,
        correlation_id="c",
    )
    planned = await shown_of(rig, rig.listener)
    rig.jobs = {"done": do_well, "put-off": put_off}
    async with rig.running():
        await rig.waits_for(partial(have_ended, rig, {("done", "done"), ("put-off", "put_off")}))

        shown = await shown_of(rig, rig.listener)

    assert {planned["cadre_jobs", kind, "waiting"] for kind, _ in some} == {1}
    assert planned["cadre_jobs_oldest_due_seconds",] < 60
    assert shown["cadre_jobs_ended_total", "done", "done"] == 1
    assert ("cadre_jobs", "done", "waiting") not in shown
    assert shown["cadre_jobs_oldest_due_seconds",] == 0


async def test_nothing_is_counted_of_what_was_rolled_back(rig: Rig) -> None:
    async def fail(work: Work) -> None:
        await plan_all(work, jobs=[("done", work.now)])
        work.accounts.append(("committed", "", TYPE["seat"], 1))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await rig.listener.commit(fail, actor=rig.listener.itself, correlation_id="c")

    assert list(rig.listener.observer.tally.samples()) == []


async def test_database_that_is_away_or_slow_is_one_figure_and_no_error(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "SECONDS_TO_READ", 0.05)

    async def slowly(_context: Context, _connection: AsyncConnection) -> Sequence[Sample]:
        await asyncio.sleep(60)
        return ()

    nowhere = Context(
        "away", "test", Database(f"sqlite+aiosqlite:///{tmp_path}/no/where"), Clock(), LINKS
    )
    away = Readings(nowhere, readings.what_waits_to_leave)
    slow = Readings(rig.listener, slowly)

    for one in (away, slow):
        shown = await shown_by(Watched(rig.listener.observer, nowhere.database, one))
        assert shown["cadre_database_answers",] == 0


async def test_process_shows_the_roles_that_it_has_and_no_other(rig: Rig) -> None:
    service = Service(rig.teller, rig.transport, REACTIONS, {}, FastAPI())

    several = await shown_by(watched(service, "api", "worker"))
    of_a_relay = await shown_by(watched(service, "relay"))

    assert several["cadre_role", "api"] == several["cadre_role", "worker"] == 1
    assert ("cadre_role", "relay") not in several
    assert [key for key in of_a_relay if key[0] == "cadre_role"] == [("cadre_role", "relay")]


async def test_requests_are_timed_by_the_template_of_their_address(diary: Diary) -> None:
    entry = await diary.write()
    await diary.ask("GET", f"/entries/{entry['id']}?name=Amal")
    await diary.ask("GET", "/Amal/Haddad")
    await diary.ask("BREW", "/entries")

    shown = await shown_by(Watched(diary.context.observer))

    counted = {key[1:] for key in shown if key[0] == "cadre_http_request_seconds_count"}
    assert counted >= {
        ("POST", "/entries", "2xx"),
        ("GET", "unmatched", "4xx"),
        ("other", "/entries", "4xx"),
    }
    assert all(entry["id"] not in label and "Amal" not in label for key in shown for label in key)
    assert shown["cadre_http_request_seconds_bucket", "+Inf", "POST", "/entries", "2xx"] == 1


async def messages_in(rig: Rig) -> list[Message]:
    """What waits in the queue of the listener."""
    assert isinstance(rig.transport, EmbeddedTransport)
    stop, taken = asyncio.Event(), list[Message]()

    async def take(delivery: Delivery) -> None:
        taken.append(delivery.message)

    consuming = asyncio.create_task(rig.transport.consume("scheduling", take, stop))
    await rig.waits_for(lambda: _is_empty(rig))
    stop.set()
    await consuming
    return sorted(taken, key=lambda message: message.type)


async def plan_all(work: Work, *, jobs: Sequence[tuple[str, datetime]]) -> None:
    await plan(work, *(Later(kind, str(new_id()), {}, due) for kind, due in jobs))


async def do_well(_job: Job, _context: Context) -> Act | None:
    return None


async def put_off(_job: Job, _context: Context) -> Act | None:
    raise TryAgain("later", after=timedelta(hours=1))


async def is_parked(rig: Rig) -> bool:
    return [letter.state for letter in await rig.letters()] == ["parked"]


async def have_ended(rig: Rig, wanted: set[tuple[str, ...]]) -> bool:
    return wanted <= {sample.labels for sample in rig.listener.observer.tally.samples()}


async def _is_empty(rig: Rig) -> bool:
    return await rig.transport.queued("scheduling") == 0
