"""Answers to outsiders: the owning service publishes them, and only the sender receives them."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event, Id, Part, Secret


class IngressFault(Part):
    """What was wrong: a code, and the path of the field; never a value."""

    code: str
    """A refusal of the API, or a fault of the contract."""
    field: str | None = None
    """The path of the field, where it is about one."""


class IngressAnswer(Event, aggregate="subject"):
    """What every answer says.

    `subject` is the id that was sent, else the message id, else `sha256:` of the body.
    """

    outsider: str
    """The code of the system that sent it."""
    subject: Annotated[str, Field(max_length=200)]
    """Which of its messages this answers."""
    event_type: Annotated[str, Field(max_length=200)]
    """The type it was sent as."""
    reply_to: Secret | None = None
    """Where the sender waits for this answer, beside its queue."""
    person_id: Id | None = None
    """The officer it is about, where it is known who that is: later facts name them so."""

    @property
    def partitionkey(self) -> str:
        """One account per sender and subject."""
        return f"{self.outsider}:{self.subject}"


class IngressEventAccepted(IngressAnswer, type="ingress.event.accepted.v1"):
    """The fact was taken, and has had its effect."""

    repeated: bool = False
    """Whether the same fact had been taken before; it has had its effect once."""
    id: Id | None = None
    """What it made or changed here."""


class IngressEventHeld(IngressAnswer, type="ingress.event.held.v1"):
    """The fact waits for a person here to say whom or what it means; it is not to be sent again."""

    faults: tuple[IngressFault, ...]
    """Everything that was found, with codes and paths."""


class IngressEventRefused(IngressAnswer, type="ingress.event.refused.v1"):
    """The fact was not taken, and why."""

    faults: tuple[IngressFault, ...]
    """Everything that was found, with codes and paths."""


EVENTS: tuple[type[Event], ...] = (IngressEventAccepted, IngressEventHeld, IngressEventRefused)
