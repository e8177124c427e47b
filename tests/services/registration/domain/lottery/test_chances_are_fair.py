"""The chances of a lottery are the fairest that any lottery within the quotas could give."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from unittest.mock import patch
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.lottery import leximin
from services.registration.domain.lottery.fair import fair_lottery
from services.registration.domain.lottery.leximin import Progress
from services.registration.domain.lottery.published import TICKETS, Lottery, with_tickets
from services.registration.domain.quotas import Candidate, Quota
from services.registration.domain.selection import Infeasible
from tests.services.registration.domain.fields import CALL, an_officer, fields, quotas
from tests.services.registration.domain.lottery.trying_all import (
    every_full_panel,
    fairest_by_trying_all,
)


def counts_of(lottery: Lottery, place: int) -> list[int]:
    """How many officers of each panel the quota at this place counts."""
    return [
        sum(
            number
            for number, kind in zip(one.panel, lottery.kinds, strict=True)
            if place in kind.counted_by
        )
        for one in lottery.panels
    ]


@given(field=fields(largest=9), asked=quotas(), seats=st.integers(0, 5))
@settings(max_examples=125, deadline=None)
def test_chances_are_the_leximin_found_by_trying_all(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    panels = every_full_panel(seats, asked, field)

    found = fair_lottery(CALL, seats, asked, field)

    if not panels:
        assert isinstance(found, Infeasible)
        return
    assert isinstance(found, Lottery)
    expected = fairest_by_trying_all(panels, len(field))
    chances = [float(found.chance_of(one)) for one in field]
    assert chances == pytest.approx(expected, abs=1e-5)


@given(field=fields(largest=8), asked=quotas(), seats=st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_of_many_kinds_nobody_lacks_more_than_the_part_that_is_told(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    with patch.object(leximin, "MANY_KINDS", 0):
        found = fair_lottery(CALL, seats, asked, field)
    if not isinstance(found, Lottery):
        return

    expected = fairest_by_trying_all(every_full_panel(seats, asked, field), len(field))
    chances = [float(found.chance_of(one)) for one in field]
    assert min(filter(None, chances), default=0) == pytest.approx(
        min(filter(None, expected), default=0), abs=1e-6
    )
    assert found.within in (1e-3, 1e-6)
    for chance, fairest in zip(chances, expected, strict=True):
        assert chance >= fairest * (1 - found.within) - 1e-6


@given(field=fields(largest=12), asked=quotas(), seats=st.integers(0, 6))
@settings(max_examples=75, deadline=None)
def test_every_panel_keeps_every_quota_and_all_tickets_are_given(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    found = fair_lottery(CALL, seats, asked, field)
    if not isinstance(found, Lottery):
        return

    assert sum(one.tickets for one in found.panels) == TICKETS
    for one in found.panels:
        assert sum(one.panel) == found.seats
        members = [
            officer
            for number, kind in zip(one.panel, found.kinds, strict=True)
            for officer in kind.members[:number]
        ]
        assert len(members) == found.seats
    for place, quota in enumerate(found.quotas):
        for count in counts_of(found, place):
            assert quota.minimum <= count
            assert quota.maximum is None or count <= quota.maximum


@given(field=fields(), asked=quotas(), seats=st.integers(0, 6), chance=st.randoms())
@settings(max_examples=40, deadline=None)
def test_what_is_published_hangs_on_nothing_but_what_was_submitted(
    field: list[Candidate], asked: list[Quota], seats: int, chance: Random
) -> None:
    first = fair_lottery(CALL, seats, asked, field)
    others = [replace(one, nomination_id=uuid4(), rank=7, score=3) for one in field]

    second = fair_lottery(
        CALL, seats, chance.sample(asked, len(asked)), chance.sample(others, len(others))
    )

    if isinstance(first, Lottery):
        assert isinstance(second, Lottery)
        assert second.as_bytes() == first.as_bytes()


def test_officers_alike_in_every_quota_have_the_same_chance_to_the_last_digit() -> None:
    women = [an_officer(str(n), sex="female") for n in range(3)]
    men = [an_officer(str(n), party="EG") for n in range(7)]

    found = fair_lottery(CALL, 4, [Quota("sex", "female", 2)], [*women, *men])

    assert isinstance(found, Lottery)
    assert {found.chance_of(one) for one in women} == {found.chance_of(women[0])}
    assert float(found.chance_of(women[0])) == pytest.approx(2 / 3)
    assert float(found.chance_of(men[0])) == pytest.approx(2 / 7)


def test_who_is_in_no_panel_is_known_by_a_chance_of_nought() -> None:
    barred = an_officer("1", party="QA")
    others = [an_officer(str(n)) for n in range(2, 6)]

    found = fair_lottery(CALL, 2, [Quota("party", "QA", 0, 0)], [barred, *others])

    assert isinstance(found, Lottery)
    assert found.chance_of(barred) == 0
    assert found.least_chance == Fraction(1, 2)


def test_a_panel_that_only_halves_of_officers_could_fill_is_no_panel() -> None:
    """Three pairs that exclude one another: by halves all three could come, in truth only one."""
    languages = [("ar", "en"), ("en", "fr"), ("fr", "ar")]
    field = [an_officer(str(n), languages=spoken) for n, spoken in enumerate(languages)]
    field.append(an_officer("9"))
    asked = [Quota("language", one, 0, 1) for one in ("ar", "en", "fr")]

    found = fair_lottery(CALL, 2, asked, field)

    assert isinstance(found, Lottery)
    assert [float(found.chance_of(one)) for one in field] == pytest.approx([1 / 3] * 3 + [1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40).filter(lambda chances: sum(chances) > 0))
def test_tickets_are_off_by_less_than_one(chances: Sequence[float]) -> None:
    panels = [(place,) for place in range(len(chances))]

    ticketed = {one.panel: one.tickets for one in with_tickets(panels, chances)}

    in_all = sum(map(Fraction, chances))
    assert sum(ticketed.values()) == TICKETS
    for panel, chance in zip(panels, chances, strict=True):
        assert abs(ticketed.get(panel, 0) - Fraction(chance) * TICKETS / in_all) < 1


def test_the_search_tells_how_far_it_is_and_can_be_ended() -> None:
    class NotAnyMore(Exception):
        pass

    heard: list[Progress] = []

    def told(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) == 3:
            raise NotAnyMore

    field = [
        an_officer(str(n), party=f"P{n % 7}", sex=("female", "male")[n % 2]) for n in range(40)
    ]

    with pytest.raises(NotAnyMore):
        fair_lottery(CALL, 9, [Quota("sex", "female", 4, 4), *parties(7)], field, told)

    assert len(heard) == 3


def parties(number: int) -> list[Quota]:
    return [Quota("party", f"P{place}", 1, 2) for place in range(number)]
