"""What a process shows of the services in it: all of them embedded, else one, in one role."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.database import Database
from shared.observing.observer import Observer
from shared.observing.readings import (
    Reading,
    Readings,
    what_is_to_be_done,
    what_waits_to_leave,
    what_was_set_aside,
)
from shared.service import Service


@dataclass(frozen=True, slots=True)
class Watched:
    """What one service counted in this process, what its database says, and its roles here."""

    observer: Observer
    database: Database | None = None
    readings: Readings | None = None
    roles: Sequence[str] = ()


def watched(service: Service, *roles: str) -> Watched:
    """A service in some of its roles: api, worker, relay. The figures in the database are shown by
    the role that does something about them."""
    of_role: dict[str, tuple[Reading, ...]] = {
        "api": (),
        "worker": (what_was_set_aside, what_is_to_be_done, *service.measured),
        "relay": (what_waits_to_leave,),
    }
    readings = [reading for role in roles for reading in of_role[role]]
    context = service.context
    return Watched(context.observer, context.database, Readings(context, *readings), roles)
