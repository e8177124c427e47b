"""The business no: every refusal is a named class and a documented answer of the API."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was asked: where, a code, and words. Never the value sent."""

    path: str
    code: str
    message: str


class Refused(Exception):
    """Something asked for is not done, and nothing was saved.

    A subclass says what is wrong in its name; `code` is that name in kebab case and `status` the
    HTTP status it becomes. `faults` name the fields or rows concerned.
    """

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Refused"
    retry_after: ClassVar[int | None] = None
    most_faults: ClassVar[int | None] = 100
    """How many faults an answer lists; the rest is a number. None for all."""

    def __init__(self, detail: str = "", *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.faults = tuple(faults)

    @classmethod
    def code(cls) -> str:
        """The name of the refusal as the API spells it."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class NotYetKnown(Refused):
    """A fact this depends on has not arrived; a handler is retried, a command may be."""

    title = "Something this depends on is not known here yet"
    retry_after = 1

    @classmethod
    def code(cls) -> str:
        return "not-known-yet"


class HeldForPerson(Refused):
    """What another system sent can not be matched: a person has to say whom or what it means."""

    title = "A person here has to say whom or what is meant"

    def __init__(
        self, detail: str = "", *, faults: Sequence[Fault] = (), awaits: Sequence[str] = ()
    ) -> None:
        super().__init__(detail, faults=faults)
        self.awaits = tuple(awaits)
        """What it is tried again for; nothing is named where anything may do."""


class NotFound(Refused):
    """There is no such thing, or it is another party's."""

    status = 404
    title = "There is no such thing"


class NotAllowed(Refused):
    """The role, the assignment or the channel does not allow it."""

    status = 403
    title = "You may not do this"


class CommandFailed(Refused):
    """What an operator asked for at a terminal was not done; the words say why."""

    title = "The command was not carried out"
