"""The field of a call after its selection, as it changes while free seats are given one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from .quotas import Candidate, Quota
from .waiting_list import Held, Next, next_in_order


@dataclass
class Field:
    """Who holds one of the seats, offered or confirmed, and who waits."""

    call_reference: str
    seats: int
    quotas: Sequence[Quota]
    holders: list[Candidate]
    waiting: list[Candidate]
    held: Held | None = None

    def next(self) -> Next | Held:
        """Who comes next; where nobody does, nobody follows for the seats after it either."""
        if self.held is None:
            found = next_in_order(
                self.call_reference, self.seats, self.quotas, self.holders, self.waiting
            )
            if isinstance(found, Next):
                return found
            self.held = found
        return self.held

    def seat(self, candidate: Candidate) -> None:
        """Somebody who waited has a seat."""
        self.waiting.remove(candidate)
        self.holders.append(candidate)
