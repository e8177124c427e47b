"""The story's clock: it moves on when everything that the last step caused is done."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .client import Caller
from .failures import PlayFailed

SERVICES = ("registration", "scheduling", "notifications", "reporting")
COUNTS = ("outbox", "queued", "deferred", "jobs_due")
SECONDS_TO_SETTLE = 180.0
"""Longer than the lease of a job (two minutes) whose worker was killed."""
SECONDS_TO_ARRIVE = 10.0
"""After so long of quiet, what has not arrived is lost: the accounts will say so."""
SECONDS_BETWEEN_LOOKS = 0.03


class StoryDoesNotSettle(PlayFailed):
    """Something is still on its way after a long time; the words say what."""


class Story:
    """The clock of all four services, moved one step at a time."""

    def __init__(self, admin: Caller, zone: str) -> None:
        self._admin = admin
        self._zone = ZoneInfo(zone)

    def move_to(self, day: date, clock: str) -> None:
        """Go on to a local time, once nothing of the step before is left; then settle again."""
        self.move_to_instant(
            datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=self._zone)
        )

    def move_to_instant(self, moment: datetime) -> None:
        """The same, for a moment with its zone."""
        self.settle()
        for service in SERVICES:
            told = moment.astimezone(UTC).isoformat()
            self._admin.put(f"/{service}/story", {"now": told})
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is on its way, seen twice in a row. Raises `StoryDoesNotSettle`."""
        give_up_at = time.monotonic() + SECONDS_TO_SETTLE
        quiet_since, quiet = time.monotonic(), 0
        while quiet < 2:
            left = self._what_is_left()
            if left:
                quiet_since = time.monotonic()
            elif time.monotonic() < quiet_since + SECONDS_TO_ARRIVE:
                left = self._what_has_not_arrived()
            quiet = 0 if left else quiet + 1
            if left and time.monotonic() > give_up_at:
                raise StoryDoesNotSettle(f"still on its way: {', '.join(left)}")
            if quiet < 2:
                time.sleep(SECONDS_BETWEEN_LOOKS)

    def _what_is_left(self) -> Sequence[str]:
        """Of the first service that has something: until it has not, no other needs to be asked."""
        for service in SERVICES:
            if left := left_in(service, self._admin.get(f"/{service}/story")):
                return left
        return []

    def _what_has_not_arrived(self) -> Sequence[str]:
        return not_arrived([self._admin.get(f"/{service}/figures") for service in SERVICES])


def on_their_way(told: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """What the services say is not finished, each of them asked in the order of `SERVICES`."""
    of_each = zip(SERVICES, told, strict=True)
    return [left for service, of_one in of_each for left in left_in(service, of_one)]


def left_in(service: str, told: Mapping[str, Any]) -> Sequence[str]:
    """What one service says is not finished."""
    return [f"{told[count]} {count} in {service}" for count in COUNTS if told[count]]


def not_arrived(figures: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """What consumers have in hand: not every transport can count that."""
    sent: Counter[str] = Counter()
    for one in figures:
        sent.update(one["committed"])
        sent.subtract(one["purged"])
    return [
        f"{sent[event_type] - taken} {event_type} to {consumer}"
        for one in figures
        for consumer, types in one["taken_in"].items()
        for event_type, taken in types.items()
        if taken < sent[event_type]
    ]
