"""Plans keep the clock on the wall; the instant follows from the zone's rules."""

from datetime import UTC, datetime

import pytest

from shared.calendar import LocalTimeDoesNotExist, LocalTimeNamesAZone, UnknownZone, plan


def test_a_plan_keeps_local_time_and_zone_and_computes_the_instant() -> None:
    nine = datetime(2018, 6, 24, 9, 0)  # noqa: DTZ001

    planned = plan(nine, "Asia/Amman")

    assert (planned.local, planned.zone) == (nine, "Asia/Amman")
    assert planned.instant == datetime(2018, 6, 24, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(("month", "day", "hour"), [(2, 10, 8), (2, 20, 9), (3, 10, 9), (4, 1, 8)])
def test_morocco_leaves_its_offset_in_ramadan_only(month: int, day: int, hour: int) -> None:
    nine = datetime(2026, month, day, 9, 0)  # noqa: DTZ001

    planned = plan(nine, "Africa/Casablanca")

    assert planned.instant == datetime(2026, month, day, hour, 0, tzinfo=UTC)


def test_a_time_the_clocks_jump_over_is_refused() -> None:
    in_the_gap = datetime(2026, 4, 24, 0, 30)  # noqa: DTZ001

    with pytest.raises(LocalTimeDoesNotExist):
        plan(in_the_gap, "Africa/Cairo")


@pytest.mark.parametrize("fold", [0, 1])
def test_of_a_time_that_comes_twice_the_first_is_meant(fold: int) -> None:
    twice = datetime(2026, 10, 25, 2, 30, fold=fold)  # noqa: DTZ001

    planned = plan(twice, "Europe/Paris")

    assert planned.instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert planned.local.fold == 0


NO_ZONES = [
    *("", "Amman", "Asia/Atlantis", "Africa/", "Africa/../UTC", "/etc/passwd", "EST", "localtime"),
    *("posix/Asia/Amman", "right/Asia/Amman", "Asia/\x00", "Asia/عمان", "x/" + "y" * 5000),
]


@pytest.mark.parametrize("name", NO_ZONES)
def test_a_zone_that_is_not_in_the_iana_database_is_refused(name: str) -> None:
    nine = datetime(2018, 6, 24, 9, 0)  # noqa: DTZ001

    with pytest.raises(UnknownZone):
        plan(nine, name)


def test_a_local_time_with_an_offset_is_refused() -> None:
    aware = datetime(2018, 6, 24, 9, 0, tzinfo=UTC)

    with pytest.raises(LocalTimeNamesAZone):
        plan(aware, "Asia/Amman")


def test_a_time_before_the_first_day_of_the_calendar_is_refused() -> None:
    too_early = datetime.min  # noqa: DTZ901

    with pytest.raises(LocalTimeDoesNotExist):
        plan(too_early, "Asia/Amman")


def test_utc_is_a_zone() -> None:
    nine = datetime(2018, 6, 24, 9, 0)  # noqa: DTZ001

    planned = plan(nine, "UTC")

    assert planned.instant == nine.replace(tzinfo=UTC)
