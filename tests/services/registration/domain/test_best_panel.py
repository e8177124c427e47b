"""The selection is the best panel within every quota, whatever the order of entry."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from time import process_time
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.quotas import Candidate, Quota, broken_by
from services.registration.domain.selection import Infeasible, Selection, select
from tests.services.registration.domain.fields import (
    CALL,
    LANGUAGES,
    UNITS,
    an_officer,
    best_by_trying_all,
    fields,
    ids,
    quotas,
)

A_WOMAN_AND_ONE_PER_PARTY = [
    Quota("sex", "female", 1, 1),
    Quota("party", "JO", 0, 1),
    Quota("party", "EG", 0, 1),
]


def the_course(officers: int, seed: int = 7) -> tuple[list[Candidate], list[Quota]]:
    """A field as large as wanted from the nine countries of the Amman course, and its quotas."""
    countries = ("DZ", "EG", "IQ", "JO", "MA", "PS", "QA", "TN", "AE")
    chance = Random(seed)
    field = [
        an_officer(
            reference=str(place),
            party=countries[place % 9],
            rank=place // 9 + 1,
            sex="female" if chance.random() < 0.4 else "male",
            unit=chance.choice((*UNITS, "other")),
        )
        for place in range(officers)
    ]
    asked = [
        *(Quota("party", country, 1 + n % 2, 4) for n, country in enumerate(countries)),
        Quota("sex", "female", 8),
        *(Quota("unit", unit, 3) for unit in UNITS),
    ]
    return field, asked


@given(field=fields(), asked=quotas(), seats=st.integers(0, 6))
@settings(max_examples=150, deadline=None)
def test_selection_is_the_panel_found_by_trying_all(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    best = best_by_trying_all(field, seats, asked)

    result = select(CALL, seats, asked, field)

    if best is None:
        assert isinstance(result, Infeasible)
        assert result.obstacles
    else:
        assert isinstance(result, Selection)
        assert ids(result.chosen) == best
        assert not broken_by(result.chosen, asked)
        assert ids(result.chosen) | ids(result.waiting) == ids(field)


@given(field=fields(), asked=quotas(), seats=st.integers(0, 6), chance=st.randoms())
@settings(max_examples=50, deadline=None)
def test_neither_order_of_entry_nor_ids_change_the_selection(
    field: list[Candidate], asked: list[Quota], seats: int, chance: Random
) -> None:
    first = select(CALL, seats, asked, field)
    shuffled = chance.sample([replace(one, nomination_id=uuid4()) for one in field], len(field))

    second = select(CALL, seats, chance.sample(asked, len(asked)), shuffled)

    if isinstance(first, Infeasible):
        assert second == first
    else:
        assert isinstance(second, Selection)
        assert submitted(second.chosen) == submitted(first.chosen)
        assert submitted(second.waiting) == submitted(first.waiting)


def submitted(candidates: tuple[Candidate, ...]) -> list[tuple[str, str]]:
    return [(one.party, one.reference) for one in candidates]


def test_a_greedy_choice_gives_way_to_a_panel_that_fills_every_seat() -> None:
    popular = an_officer("1", party="JO", rank=1, sex="male")
    needed = an_officer("2", party="JO", rank=2, sex="female")
    other = an_officer("3", party="EG", rank=2, sex="male")

    result = select(
        CALL, 2, [Quota("party", "JO", 0, 1), Quota("sex", "female", 1)], [popular, needed, other]
    )

    assert isinstance(result, Selection)
    assert ids(result.chosen) == ids([needed, other])


def test_fewer_seats_are_filled_when_the_field_is_small() -> None:
    field = [an_officer("1"), an_officer("2", rank=2)]

    result = select(CALL, 25, [Quota("party", "JO", 1, 4)], field)

    assert result == Selection(chosen=tuple(field), waiting=())


def test_a_dimension_nobody_thought_of_yet_is_only_a_name() -> None:
    newcomer = replace(an_officer("1", rank=9), traits={"first_time": "yes"})
    regulars = [an_officer(str(place)) for place in range(2, 6)]

    result = select(CALL, 2, [Quota("first_time", "yes", 1)], [*regulars, newcomer])

    assert isinstance(result, Selection)
    assert newcomer in result.chosen


def test_who_speaks_two_languages_counts_in_both() -> None:
    bilingual = an_officer("1", rank=9, languages=("ar", "fr"))
    others = [an_officer("2", languages=("ar",)), an_officer("3", languages=["en"])]

    result = select(
        CALL, 1, [Quota("language", "ar", 1), Quota("language", "fr", 1)], [*others, bilingual]
    )

    assert isinstance(result, Selection)
    assert result.chosen == (bilingual,)


def test_the_boards_score_comes_before_the_rank_and_no_score_after_any() -> None:
    best = an_officer("1", rank=9, score=Decimal("8.5"))
    alike = [an_officer("2", rank=2, score=8), an_officer("3", rank=1, score=Decimal("8.0"))]
    unscored = an_officer("4", rank=1)

    result = select(CALL, 2, [], [unscored, *alike, best])

    assert isinstance(result, Selection)
    assert result.chosen == (best, alike[1])
    assert result.waiting == (alike[0], unscored)


def test_the_best_score_of_all_is_kept_though_two_middling_ones_would_add_up_to_more() -> None:
    best = an_officer("1", party="JO", sex="male", score=9)
    last = an_officer("2", party="EG", sex="female", score=1)
    middling = [an_officer("3", party="JO", sex="female", score=8)]
    middling.append(an_officer("4", party="EG", sex="male", score=8))

    result = select(CALL, 2, A_WOMAN_AND_ONE_PER_PARTY, [last, best, *middling])

    assert isinstance(result, Selection)
    assert result.chosen == (best, last)


def test_the_same_officer_twice_is_refused() -> None:
    field = [an_officer("1"), an_officer("1", rank=2)]

    with pytest.raises(ValueError, match="twice"):
        select(CALL, 1, [], field)


@pytest.mark.parametrize("officers", [40, 120])
def test_the_course_of_twenty_five_seats_is_settled_at_once(officers: int) -> None:
    field, asked = the_course(officers)
    started = process_time()

    result = select(CALL, 25, asked, field)

    assert process_time() - started < 3
    assert isinstance(result, Selection)
    assert len(result.chosen) == 25
    assert not broken_by(result.chosen, asked)


def test_many_officers_and_quotas_that_cross_are_settled_while_one_waits() -> None:
    field, asked = a_large_field(700)
    started = process_time()

    result = select(CALL, 60, asked, field)

    assert process_time() - started < 20
    assert isinstance(result, Selection)
    assert len(result.chosen) == 60
    assert not broken_by(result.chosen, asked)


def a_large_field(officers: int, seed: int = 3) -> tuple[list[Candidate], list[Quota]]:
    """Scored officers of several languages, and quotas in five dimensions."""
    chance = Random(seed)
    field = [
        an_officer(
            reference=str(place),
            party=f"P{place % 30:02}",
            rank=place // 30 + 1,
            sex="female" if chance.random() < 0.35 else "male",
            unit=chance.choice((*UNITS, "other")),
            languages=chance.sample(LANGUAGES, chance.randint(1, 3)),
            score=chance.choice((None, *(Decimal(n) / 4 for n in range(41)))),
        )
        for place in range(officers)
    ]
    asked = [
        *(Quota("party", f"P{place:02}", 1, 3) for place in range(30)),
        Quota("sex", "female", 29, 31),
        *(Quota("unit", unit, 12, 20) for unit in UNITS),
        *(Quota("language", language, 15, 40) for language in LANGUAGES),
    ]
    return field, asked
