"""Changes asked for once the list is frozen, and the decisions on them."""

from typing import Literal, Self

from pydantic import model_validator

from shared.contracts.registration import ChangeOfNomination
from shared.web.body import Taken

from .nominations import DeclarationSigned, OfficerNominated
from .words import Priority, Reason


class AskForChange(Taken):
    """A change of a nomination, and why, in words without names.

    A correction or a replacement describes the `officer`; another `priority` may be asked for with
    them or alone, and changes places with whoever has it."""

    change: ChangeOfNomination
    officer: OfficerNominated | None = None
    priority: Priority | None = None
    declaration: DeclarationSigned | None = None
    reason: Reason

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if (self.officer is not None) != (self.change in ("correction", "replacement")):
            raise ValueError("a correction or a replacement, and nothing else, names an officer")
        if self.change == "priority" and self.priority is None:
            raise ValueError("a priority is missing")
        return self


class DecideChange(Taken):
    """Accept a change, or refuse it; why, in words without names, where it is refused."""

    decision: Literal["accept", "refuse"]
    reason: Reason | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.decision == "refuse" and self.reason is None:
            raise ValueError("a refusal says why")
        return self
