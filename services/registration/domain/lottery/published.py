"""What of a lottery is published before its draw, byte by byte the same whoever writes it.

Members are named by what was submitted: party and officer reference. The bytes are JSON in UTF-8
with sorted keys and no spaces; their SHA-256 is the digest that stands in the record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from ..quotas import Candidate, Quota
from .search import Panel

TICKETS = 10**12
"""As many as all panels of a lottery have together."""


@dataclass(frozen=True)
class Kind:
    """Officers whom the same quotas count (by their places in the list of them), in order."""

    counted_by: tuple[int, ...]
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ticketed:
    """How many of each kind a panel has, and how many tickets it has."""

    panel: Panel
    tickets: int


@dataclass(frozen=True)
class Lottery:
    """The panels in order, the tickets of the first counted first. Of a kind everybody is equal.

    Every panel has `seats` officers, as many as the quotas let be seated. The least chance is as
    great as can be; any other is less than the fairest by `within` of it at most, which is no part
    of what is drawn from."""

    call_reference: str
    seats: int
    quotas: tuple[Quota, ...]
    kinds: tuple[Kind, ...]
    panels: tuple[Ticketed, ...]
    within: float

    def chance_of(self, candidate: Candidate) -> Fraction:
        """The chance of an officer, exactly; 0: in no panel that keeps the quotas.

        Raises KeyError for an officer who is not in the lottery."""
        return self.chances()[candidate.party, candidate.reference]

    def chances(self) -> dict[tuple[str, str], Fraction]:
        """The chance of everybody, by party and reference."""
        found = {}
        for place, kind in enumerate(self.kinds):
            taken = sum(one.tickets * one.panel[place] for one in self.panels)
            chance = Fraction(taken, TICKETS * len(kind.members))
            found.update(dict.fromkeys(kind.members, chance))
        return found

    @property
    def least_chance(self) -> Fraction:
        """The chance of who has the least among those who have any."""
        return min((chance for chance in self.chances().values() if chance), default=Fraction(0))

    def as_bytes(self) -> bytes:
        content = {
            "call": self.call_reference,
            "seats": self.seats,
            "tickets": TICKETS,
            "quotas": [[one.dimension, one.value, one.minimum, one.maximum] for one in self.quotas],
            "kinds": [{"counted_by": one.counted_by, "members": one.members} for one in self.kinds],
            "panels": [{"tickets": one.tickets, "of_kind": one.panel} for one in self.panels],
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return text.encode()

    @property
    def digest(self) -> str:
        """The hexadecimal SHA-256 of the bytes."""
        return sha256(self.as_bytes()).hexdigest()


def with_tickets(panels: Sequence[Panel], chances: Sequence[float]) -> tuple[Ticketed, ...]:
    """Whole tickets for chances, those with none left out; first who has most, then by the panel.

    Every panel gets its part rounded down, and one more where most was lost: it is off by less than
    a ticket, so nobody's chance moves by more than the number of panels, divided by all tickets."""
    positive = [max(0.0, chance) for chance in chances]
    in_all = sum(map(Fraction, positive))
    parts = [Fraction(chance) * TICKETS / in_all for chance in positive]
    tickets = [int(part) for part in parts]
    by_loss = sorted(range(len(parts)), key=lambda n: (tickets[n] - parts[n], panels[n]))
    for place in by_loss[: TICKETS - sum(tickets)]:
        tickets[place] += 1
    ticketed = [Ticketed(panel, n) for panel, n in zip(panels, tickets, strict=True) if n]
    return tuple(sorted(ticketed, key=lambda one: (-one.tickets, one.panel)))
