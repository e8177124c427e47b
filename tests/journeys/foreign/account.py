"""The account of an installation in which systems take part: what was lost, what came twice."""

from collections import Counter
from typing import Any

from deploy.demo.accounts import CONSUMERS_OF_PRIVATE_TYPES

from .taking_part import SERVICES, System, TakingPart, wait_for

COUNTS = ("outbox", "queued", "deferred", "jobs_due")


def settle(taking_part: TakingPart) -> None:
    """Return when nothing is on its way, seen twice in a row, and all that left has arrived."""
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        left = any(_left(taking_part, service) for service in SERVICES) or lost(taking_part)
        quiet = 0 if left else quiet + 1
        return quiet == 2

    wait_for(is_quiet, "nothing is on its way")


def lost(taking_part: TakingPart) -> int:
    """Events that were committed and did not get where each of their type must get."""
    ask = taking_part.admin.get
    figures = {service: ask(f"/{service}/figures") for service in SERVICES}
    archived = ask("/reporting/archive/figures")["by_type"]
    due: Counter[str] = Counter()
    for one in figures.values():
        due.update(one["committed"])
        due.subtract(one["purged"])
    return sum(
        max(0, number - arrived)
        for event_type, number in due.items()
        for arrived in _arrivals(event_type, figures, archived)
    )


def answered_twice(system: System) -> int:
    """Answers that came to the system's queue beyond one for each event."""
    return (system.answered - Counter(system.sent)).total()


def put_forward_twice(taking_part: TakingPart) -> int:
    """Officers of the call who were put forward more than once."""
    nominated = [one for party in taking_part.systems for one in taking_part.nominated(party)]
    return len(nominated) - len({(one["party"], one["officer_reference"]) for one in nominated})


def _left(taking_part: TakingPart, service: str) -> int:
    told = taking_part.admin.get(f"/{service}/story")
    return sum(told[count] for count in COUNTS)


def _arrivals(event_type: str, figures: dict[str, Any], archived: dict[str, int]) -> list[int]:
    consumers = CONSUMERS_OF_PRIVATE_TYPES.get(event_type)
    if consumers is None:
        return [archived.get(event_type, 0)]
    here = [service for service in consumers if service in figures]
    return [figures[one]["taken_in"].get(one, {}).get(event_type, 0) for one in here]
