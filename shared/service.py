"""A service put together: its context, what it reacts to, the jobs it does, its HTTP."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, FastAPI
from sqlalchemy import Table

from shared.announcing import Kind
from shared.clock import Clock
from shared.context import Context, Work
from shared.database import Database
from shared.doctor.finding import Check
from shared.jobs import DoJob
from shared.links import Links
from shared.messaging.reactions import Reactions
from shared.messaging.transport import Transport
from shared.observing.readings import Reading
from shared.settings import Settings
from shared.worker import Worker


@dataclass(frozen=True, slots=True)
class Service:
    """What `build` of every service returns."""

    context: Context
    transport: Transport
    reactions: Reactions
    job_kinds: Mapping[str, DoJob]
    api: FastAPI
    beside: Mapping[str, APIRouter] = field(default_factory=dict)
    """What else of the one origin is this service's, by path."""
    announced: Sequence[Kind] = ()
    """What it can state anew for a consumer that comes later."""
    measured: Sequence[Reading] = ()
    """What is read of its database, beside what every service shows, when somebody measures."""
    checks: Sequence[Check] = ()
    """What the doctor looks at in this service only."""
    after_restore: Callable[[Work], Awaitable[int]] | None = None
    """What is put in doubt after it was restored to an earlier state; how much there is of it."""
    kept_for_a_time: Sequence[Table] = ()
    """Tables whose rows go after the time in their `kept_until`."""

    @property
    def name(self) -> str:
        """The service's name: its folder, its path, its queue."""
        return self.context.service

    def worker(self) -> Worker:
        """A worker for this service; any number may run."""
        return Worker(
            self.context, self.transport, self.reactions, self.job_kinds, self.kept_for_a_time
        )


def make_context(name: str, settings: Settings, database: Database) -> Context:
    """The context of one service in one installation."""
    return Context(
        service=name,
        installation=settings.installation,
        database=database,
        clock=Clock(story=settings.story),
        links=Links(settings.link_key, settings.origin, name, settings.former_link_keys),
    )
