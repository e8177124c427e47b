"""A run that did not do its harm, or can not tell what came of it, is not one that passed."""

import asyncio
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.faults import __main__ as command
from tests.faults import campaign as campaigning
from tests.faults.books import Rows
from tests.faults.campaign import TIMES_TO_MAKE_UP, Campaign
from tests.faults.checker import Account
from tests.faults.effects import Records
from tests.faults.load import Load
from tests.faults.nemeses.nemesis import Nemesis, NotReached
from tests.faults.nemeses.processes import CrashPoint
from tests.faults.posts import Post, Posts, posts
from tests.faults.spans import SECONDS_TO_RECOVER, Noted, Spans

DIES = "tests.faults.dies_at_a_point"


class Quiet(Records):
    """Books in which nothing is left, once they can be read."""

    def __init__(self, *away: Exception) -> None:
        super().__init__(self, self)
        self._away = list(away)

    async def read(self, _service: str, query: str) -> Rows:
        if self._away:
            raise self._away.pop()
        return [(0,)] if "COUNT" in query else []

    async def write(self, _service: str, _statement: str) -> None:
        """Nothing is kept."""

    async def unreadable(self) -> int:
        return 0

    async def account(self, load: Load) -> Account:
        return Account(acknowledged=1)


class NoLoad(Load):
    """Nobody asks for anything."""

    def __init__(self) -> None:
        super().__init__(None, None, 0)  # type: ignore[arg-type]

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        await stop.wait()


@dataclass
class Place:
    """An installation of no processes."""

    records: Records = field(default_factory=Quiet)
    posts: Posts = field(default_factory=lambda: Posts(Path()))

    async def queued(self) -> int:
        """Nothing waits."""
        return 0


@dataclass
class Harm:
    """Harm that can not be done so many times, and then can."""

    name: str
    failures: int = 0
    seconds: float = 0.0

    async def start(self) -> None:
        """It begins."""

    async def stop(self) -> None:
        """It was done, or not."""
        self.failures -= 1
        if self.failures >= 0:
            raise NotReached("too late")


async def waged(*lane: Nemesis, place: Place | None = None, load: Load | None = None) -> Account:
    """What a campaign of one lane comes to."""
    campaign = Campaign(lambda _: None)
    return await campaign.wage(place or Place(), load or NoLoad(), [lane])


async def test_harm_that_was_never_done_makes_the_run_wrong() -> None:
    account = await waged(Harm("cut"), Harm("full disk", failures=99))

    assert account.never_done == ["full disk"]
    assert account.wrong == {"never_done": 1}
    assert account.told()["not_reached"] == {"full disk": 1 + TIMES_TO_MAKE_UP}


async def test_harm_that_was_done_at_another_try_is_done() -> None:
    account = await waged(Harm("cut", failures=1), Harm("cut"))

    assert account.faults == {"cut": 1}
    assert account.wrong == {}
    assert account.not_reached == {"cut": 1}


async def test_harm_that_other_harm_stood_in_the_way_of_is_made_up() -> None:
    account = await waged(Harm("full disk", failures=1))

    assert account.faults == {"full disk": 1}
    assert account.wrong == {}


async def test_harm_that_never_ends_was_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigning, "SECONDS_OF_HARM", 0.01)

    account = await waged(Harm("cut"), Harm("duplicates", seconds=60))

    assert account.faults == {"cut": 1}
    assert account.never_done == ["duplicates"]


async def test_poison_of_every_try_counts_once() -> None:
    @dataclass
    class Poison(Harm):
        poisons_due: int = 0

        async def start(self) -> None:
            self.poisons_due += 1

    campaign = Campaign(lambda _: None)

    await campaign.wage(Place(), NoLoad(), [[Poison("poison", failures=1)]])

    assert campaign.poisons == 2


async def test_what_this_machine_can_not_do_is_told_and_not_wrong() -> None:
    campaign = Campaign(lambda _: None)
    campaign.leave_out("full disk", "not root")

    account = await campaign.wage(Place(), NoLoad(), [])

    assert account.told()["left_out"] == {"full disk": "not root"}
    assert account.wrong == {}


def test_run_of_which_nothing_was_acknowledged_is_wrong() -> None:
    assert Account().wrong == {"nothing_acknowledged": 1}


@pytest.mark.parametrize(
    "away",
    [
        asyncpg.CannotConnectNowError("it starts"),
        sqlite3.OperationalError("database is locked"),
        OSError("nobody answers"),
    ],
)
async def test_who_settles_waits_for_a_database_that_is_away(away: Exception) -> None:
    account = await waged(place=Place(Quiet(away)))

    assert account.wrong == {}


async def test_what_can_not_be_read_to_the_end_counts_as_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(campaigning, "SECONDS_TO_SETTLE", 0.6)

    account = await waged(place=Place(Quiet(*[OSError("nobody answers")] * 99)))

    assert account.wrong == {"left_over": 1}


async def test_errors_and_ends_that_no_harm_explains_make_the_run_wrong() -> None:
    place, load = Place(), NoLoad()
    place.posts.ended_by_themselves.append(Noted("worker ended with 1"))
    load.internal_errors.append(Noted("500"))

    account = await waged(place=place, load=load)

    assert account.wrong == {"ended_by_themselves": 1, "internal_errors": 1}


async def test_what_was_noted_while_a_server_was_away_is_counted_apart() -> None:
    @dataclass
    class Away(Harm):
        takes_away: bool = True

        async def stop(self) -> None:
            load.internal_errors.append(Noted("500"))

    load = NoLoad()

    account = await waged(Away("broker stopped"), load=load)

    assert (account.internal_errors, account.errors_for_want) == (0, 1)
    assert account.wrong == {}


def test_harm_explains_nothing_from_before_it_or_long_after() -> None:
    now, spans = time.monotonic(), Spans()

    spans.add(began=now)

    assert spans.explain(Noted("500"))
    assert not spans.explain(Noted("500", now - 1))
    assert not spans.explain(Noted("500", now + SECONDS_TO_RECOVER + 1))


def test_run_that_breaks_off_ends_with_its_line_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def break_off(*_: Any) -> Account:
        raise asyncpg.CannotConnectNowError("it starts")

    monkeypatch.setattr(command, "run_embedded", break_off)

    code = command.main(["--mode", "embedded", "--minutes", "0", "--seed", "1"])

    assert code == 1
    assert "CannotConnectNowError" in capsys.readouterr().out.splitlines()[-1]


def marks(folder: Path) -> int:
    """How many processes died at their point."""
    return len(list(folder.glob("*.crashed")))


async def test_only_death_at_the_point_counts_as_reaching_it(tmp_path: Path) -> None:
    async with posts(tmp_path) as filled:
        await filled.fill(Post("dying", DIES, []))
        harm = CrashPoint(filled, "dying", "the-point", tmp_path)

        await harm.start()
        await filled.kill("dying")
        reaching = asyncio.create_task(harm.stop())
        await asyncio.wait_for(reaching, 60)

    assert marks(tmp_path) == 1
    assert not filled.ended_by_themselves
