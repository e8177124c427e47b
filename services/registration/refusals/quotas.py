"""What stands in the way of a panel, a seat or a replacement."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shared.refusals import Fault, Refused

from ..domain.quotas import Obstacle
from ..domain.relaxations import Relaxation


class QuotasInTheWay(Refused):
    """Quotas can not be kept; `errors` name each, with what it asks for and what there is."""

    relaxations: Sequence[Relaxation] = ()
    names: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """What the parties are called, where that is known."""

    def __init__(self, obstacles: Sequence[Obstacle], *also: str) -> None:
        faults = [
            Fault(".".join(filter(None, (one.dimension, one.value))), str(one.bound), str(one))
            for one in obstacles
        ]
        super().__init__("; ".join((*map(str, obstacles), *also)), faults=faults)
        self.obstacles = tuple(obstacles)


class QuotasCannotBeMet(QuotasInTheWay):
    """No panel of the nominated keeps every quota; `errors` name those that stand in the way, and
    then the smallest changes of bounds, each of which would be enough."""

    title = "No selection keeps every quota"

    def __init__(
        self,
        obstacles: Sequence[Obstacle],
        relaxations: Sequence[Relaxation],
        waiting_for_clearance: int = 0,
        names: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        wait = f"not counted are those that wait for screening: {waiting_for_clearance}"
        super().__init__(obstacles, *([wait] if waiting_for_clearance else []))
        self.relaxations = tuple(relaxations)
        self.names = names
        self.faults += tuple(
            Fault(f"relaxations.{place}", "would-be-enough", str(one))
            for place, one in enumerate(relaxations)
        )


class SeatWouldBreakQuota(QuotasInTheWay):
    """With the replacement in this seat a quota would be broken; `errors` name it."""

    title = "The replacement would break a quota"


class QuotasContradict(Refused):
    """The quotas can not be met whoever is nominated."""

    status = 422
    title = "These quotas contradict one another"
