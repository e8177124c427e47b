"""A plan: local date and time, IANA zone, and the instant computed from both.

All three are kept, because the rules of a zone change (Morocco leaves UTC+1 in Ramadan).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class UnknownZone(ValueError):
    """Not the name of a zone in the IANA database."""


class LocalTimeDoesNotExist(ValueError):
    """The clocks of the zone jump over this time, or it lies outside the calendar."""


class LocalTimeNamesAZone(ValueError):
    """A local time is without offset: the zone stands beside it."""


@dataclass(frozen=True)
class PlannedTime:
    """`local` is naive, `instant` is the same moment in UTC."""

    local: datetime
    zone: str
    instant: datetime


def plan(local: datetime, zone: str) -> PlannedTime:
    """The planned time; of a local time that comes twice, the first is meant.

    Raises `UnknownZone`, `LocalTimeDoesNotExist`, `LocalTimeNamesAZone`.
    """
    if local.tzinfo is not None:
        raise LocalTimeNamesAZone("give the local time without offset, and the zone by name")
    local = local.replace(fold=0)
    place = _zone(zone)
    try:
        instant = local.replace(tzinfo=place).astimezone(UTC)
        exists = instant.astimezone(place).replace(tzinfo=None, fold=0) == local
    except OverflowError:
        exists = False
    if not exists:
        raise LocalTimeDoesNotExist(f"there is no such time in {zone}")
    return PlannedTime(local, zone, instant)


def _zone(name: str) -> ZoneInfo:
    """Area/Location or UTC: other names depend on the machine or count leap seconds."""
    if name != "UTC" and ("/" not in name or name.startswith(("posix/", "right/"))):
        raise UnknownZone("a zone is named Area/Location, or UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone("no such zone in the IANA database") from error
