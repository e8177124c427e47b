"""The rules of seats and waiting list once more, as plainly as they can be said, by trying all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from services.registration.domain.ordering import lot
from services.registration.domain.quotas import Candidate, Quota, broken_by

REFERENCE = "AMM-2018-01"


@dataclass
class Officer:
    """An officer, and how the nomination stands."""

    candidate: Candidate
    status: str = "submitted"
    seat: int | None = None


@dataclass
class Model:
    """What must be true of a call after its selection."""

    seats: int
    quotas: Sequence[Quota]
    officers: dict[str, Officer] = field(default_factory=dict)
    unused: set[int] = field(default_factory=set)
    offered_once: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    passings: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    overridden: bool = False
    """Whether a coordinator has decided something that the quotas do not ask for."""

    def of(self, *statuses: str) -> list[Officer]:
        """Officers of some statuses."""
        return [one for one in self.officers.values() if one.status in statuses]

    @property
    def holders(self) -> list[Candidate]:
        """Who has a seat."""
        return [one.candidate for one in self.of("selected", "confirmed")]

    @property
    def queue(self) -> list[Candidate]:
        """Who waits: in time before late, then the country's rank, then the lot."""
        waiting = [one.candidate for one in self.of("waitlisted")]
        return sorted(waiting, key=lambda one: (one.late, one.rank, lot(REFERENCE, one)))

    def seat(self, officer: Officer, number: int) -> None:
        """Somebody is offered a seat."""
        officer.status, officer.seat = "selected", number
        self.offered_once.add(number)
        self.held.discard(number)

    def leave(self, officer: Officer, status: str) -> None:
        """Somebody goes, and leaves a seat if they had one."""
        officer.status, officer.seat = status, None

    def free(self) -> list[int]:
        """The seats that nobody has and that are to be given."""
        taken = {one.seat for one in self.of("selected", "confirmed")}
        return [one for one in range(1, self.seats + 1) if one not in taken | self.unused]

    def look(self) -> None:
        """Every free seat goes to the first who keeps every quota, or is held."""
        for number in self.free():
            order = self.queue
            fits = [one for one in order if self.may_have(one)]
            if fits:
                over = order[: order.index(fits[0])]
                self.seat(self.officers[fits[0].reference], number)
                self.passed(number, "offered", over)
            elif number in self.offered_once and number not in self.held:
                self.held.add(number)
                self.passed(number, "held", order)

    def passed(self, number: int, outcome: str, over: Iterable[Candidate] = ()) -> None:
        """A passing that must be on record."""
        self.passings.append((number, outcome, tuple(one.reference for one in over)))

    def may_have(self, candidate: Candidate) -> bool:
        """Whether some of the others who wait could make a good panel of holders and this one."""
        left = self.seats - len(self.unused) - len(self.holders) - 1
        others = [one for one in self.queue if one is not candidate]
        companies = (some for size in range(left + 1) for some in combinations(others, size))
        seated = [*self.holders, candidate]
        return left >= 0 and any(not broken_by([*seated, *some], self.quotas) for some in companies)
