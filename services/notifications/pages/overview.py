"""The page of deliveries: what was sent, what waits, and what a person should look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from shared.context import Work
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.pages import show

from .. import queries
from ..api import Filtered
from ..domain.states import FOR_A_PERSON_TO_SEE, OPEN, STATUSES, Status
from ..queries import Deliveries
from ..rendering import MESSAGES

SHOWN = 60
routes = router()


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts by message and channel, in the order in which a course sends them."""

    kinds: Sequence[tuple[str, str, Mapping[str, int]]]
    statuses: Sequence[Status]
    totals: Mapping[str, int]
    latest: Sequence[Any]

    @property
    def waiting(self) -> int:
        """Not ended yet."""
        return sum(self.totals.get(status, 0) for status in OPEN)

    @property
    def to_be_seen(self) -> int:
        """Ended, but not with the reader."""
        return sum(self.totals.get(status, 0) for status in FOR_A_PERSON_TO_SEE)


@routes.get("/", include_in_schema=False)
async def show_overview(asked: AskedBy, request: Request, wanted: Filtered) -> HTMLResponse:
    """What the reader may see of all deliveries."""

    async def read(work: Work) -> Overview:
        counts = await queries.count_deliveries(work)
        return _overview(counts, await queries.latest_messages(work, wanted, SHOWN))

    overview = await asked.read(read)
    return show(
        request,
        "overview.html",
        overview=overview,
        wanted=wanted,
        bad=FOR_A_PERSON_TO_SEE,
        here=str(request.scope.get("root_path", "")),
    )


def _overview(counts: Deliveries, latest: Sequence[Any]) -> Overview:
    by_kind: dict[tuple[str, str], dict[str, int]] = {}
    totals: Counter[str] = Counter()
    for one in counts.items:
        by_kind.setdefault((one.message, one.channel), {})[one.status] = one.number
        totals[one.status] += one.number
    order = list(MESSAGES)
    kinds = sorted(by_kind, key=lambda kind: (order.index(kind[0]), kind[1]))
    return Overview(
        kinds=[(message, channel, by_kind[message, channel]) for message, channel in kinds],
        statuses=[status for status in STATUSES if totals[status]],
        totals=totals,
        latest=latest,
    )
