"""A context without HTTP, for tests of what commands and handlers rest on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

from joserfc.jwk import ECKey

from shared.clock import Clock
from shared.context import Actor, Context, Work
from shared.contracts import Event, Fact
from shared.service import make_context
from shared.settings import Settings
from shared.web.principal import login
from shared.web.tokens import Issuer, Role, trusting
from tests.servers.prepared import database_at

T = TypeVar("T")
NOW = datetime(2018, 6, 1, 12, 0, tzinfo=UTC)
SERVICE = Actor("registration", "service")


class StandingClock(Clock):
    """A story that stands still unless a test moves it."""

    def __init__(self) -> None:
        super().__init__(story=True)
        self.at = NOW

    async def now(self, connection: Any) -> datetime:
        return self.at


@asynccontextmanager
async def open_context(url: str) -> AsyncIterator[Context]:
    """The context of registration, on a database that has its tables, on the first of June 2018."""
    issuer = Issuer("urn:cadre:test", ECKey.generate_key("P-256"))
    database = database_at(url)
    settings = Settings("test", "https://cadre.example", b"k" * 32, trusting(issuer), story=True)
    context = make_context("registration", settings, database)
    context.clock = StandingClock()
    yield context
    await database.close()


def somebody(role: Role, subject: str = "amal", party: str | None = None) -> Actor:
    """An actor as a token makes one."""
    return Actor(subject, role, party, login(subject))


async def as_actor(context: Context, actor: Actor, act: Callable[[Work], Awaitable[T]]) -> T:
    """What an act answers when somebody does it."""
    answers: list[T] = []

    async def noted(work: Work) -> None:
        answers.append(await act(work))

    await context.commit(noted, actor=actor, correlation_id="c-1")
    return answers[0]


def a_fact(event: Event, sequence: int = 1) -> Fact[Any]:
    """An event as it is received."""
    return Fact(
        event=event,
        id=str(uuid4()),
        source="urn:cadre:test:registration",
        type=event.type,
        time=NOW,
        partitionkey=event.partitionkey,
        sequence=sequence,
        correlation_id="c-1",
        actor="admin",
        body=b"",
    )


def facts(*events: Event, sequence: int = 1) -> Sequence[Fact[Any]]:
    """Several events of one sequence."""
    return [a_fact(event, sequence) for event in events]
