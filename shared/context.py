"""What a running service is made of, and the one place where anything is committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.clock import Clock
from shared.contracts import Claim, Event, Fact
from shared.database import Database
from shared.links import Links
from shared.messaging.outbox import stage
from shared.observing.observer import Account, Observer
from shared.refusals import Refused
from shared.tables import audit, tombstone


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person or system by token, or a service in reaction to a fact."""

    subject: str
    role: str
    party: str | None = None
    login: str = ""
    """Digest of the subject, by which services recognise a caller."""


OPERATOR = Actor("operator", "admin")
"""Who runs the installation, by its commands."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What the record says of a command: its action and its object, no personal values."""

    action: str
    object: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What an event says of where it comes from: its story, the fact before it, its trace."""

    correlation_id: str
    cause_id: str | None
    traceparent: str | None


@dataclass
class Work:
    """One transaction at work: everything a command or handler may use."""

    context: "Context"
    connection: AsyncConnection
    actor: Actor
    now: datetime
    correlation_id: str
    cause: Fact[Event] | Claim[Event] | None = None
    stale: int = 0
    has_outgoing: bool = False
    """Whether something was put into the outbox: the relay is woken once it is committed."""
    makes_due: bool = True
    """Whether a job or a deferred event may be due by it: the worker looks once it is committed."""
    accounts: list[Account] = field(default_factory=list)
    """What this process counts once it is committed."""
    origins: dict[int, "Origin"] = field(default_factory=dict)
    """Where events come from that one fact of several has caused, by their identity."""

    @property
    def links(self) -> Links:
        """Makes and checks the signed links of this service."""
        return self.context.links

    @property
    def origin(self) -> "Origin":
        """Where what is caused now comes from."""
        trace = self.context.observer.traces.traceparent()
        return Origin(self.correlation_id, self.cause.id if self.cause else None, trace)

    def begin(self, fact: Fact[Event]) -> None:
        """From here on this fact is the cause, one of several taken together."""
        self.cause, self.correlation_id = fact, fact.correlation_id

    def caused(self, outcome: "Outcome") -> None:
        """The present cause has caused these events, whichever is present once they are staged."""
        if isinstance(outcome, Sequence):
            self.origins |= dict.fromkeys(map(id, outcome), self.origin)

    def origin_of(self, event: Event) -> "Origin":
        """Where an event comes from."""
        return self.origins.get(id(event)) or self.origin

    async def erased(self, *person_ids: UUID | None) -> set[UUID]:
        """Which of these persons were erased: nothing about them is written or sent again."""
        query = select(tombstone.c.person_id).where(tombstone.c.person_id.in_(person_ids))
        return {row.person_id for row in await self.connection.execute(query)}


Outcome = Sequence[Event] | Refused | None
"""What a command or handler answers: the events it causes, or a business no."""
Act = Callable[[Work], Awaitable[Outcome]]


@dataclass
class Signals:
    """Wakes the relay and the worker of the same process; a slow poll covers the rest."""

    outbox: asyncio.Event = field(default_factory=asyncio.Event)
    deferred: asyncio.Event = field(default_factory=asyncio.Event)
    jobs: asyncio.Event = field(default_factory=asyncio.Event)
    draining: asyncio.Event = field(default_factory=asyncio.Event)
    """The worker ends: what takes long is put off, for another worker to take up."""


@dataclass
class Context:
    """One service of one installation: its name, its database, its clock, its links."""

    service: str
    installation: str
    database: Database
    clock: Clock
    links: Links
    signals: Signals = field(default_factory=Signals)
    running: set[tuple[str, str, str | None]] = field(default_factory=set)
    """Requests with an Idempotency-Key that this process works on now."""
    observer: Observer = field(init=False)

    def __post_init__(self) -> None:
        self.observer = Observer(self.service)

    @property
    def itself(self) -> Actor:
        """The service as who acts, where nobody asked it to."""
        return Actor(self.service, "service")

    @property
    def source(self) -> str:
        """The CloudEvents source of everything this service says."""
        return f"urn:cadre:{self.installation}:{self.service}"

    async def commit(
        self,
        act: Act,
        *,
        actor: Actor,
        correlation_id: str,
        cause: Fact[Event] | Claim[Event] | None = None,
        audited: Audited | None = None,
        answer: Callable[[Work], Awaitable[None]] | None = None,
    ) -> Sequence[Event]:
        """Do one act and commit its state, events, audit row and stored answer together.

        Raises the `Refused` that the act returned, after rolling everything back.
        """
        with self.observer.traces.span("commit"):
            async with self.database.writing() as connection:
                now = await self.clock.now(connection)
                work = Work(self, connection, actor, now, correlation_id, cause)
                outcome = await act(work)
                if isinstance(outcome, Refused):
                    raise outcome
                events = tuple(outcome or ())
                await stage(work, events)
                if audited:
                    await record(work, audited, "done")
                if answer:
                    await answer(work)
        self.observer.accounted(work.accounts)
        if work.has_outgoing:
            self.signals.outbox.set()
        if work.makes_due:
            self.signals.deferred.set()
            self.signals.jobs.set()
        return events


async def record(work: Work, audited: Audited, outcome: str, refusal: str | None = None) -> None:
    """Write one line of the audit."""
    actor = work.actor
    await work.connection.execute(
        audit.insert().values(
            at=work.now,
            subject=actor.subject,
            role=actor.role,
            party=actor.party,
            action=audited.action,
            object=audited.object[:300],
            outcome=outcome,
            refusal=refusal,
            correlation_id=work.correlation_id,
        )
    )
