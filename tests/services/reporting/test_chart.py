"""The geometry of the charts: bars within their frame, and the same from either side."""

import itertools

import pytest

from services.reporting.chart import WIDTH, chart_of
from services.reporting.domain.split import Split
from services.reporting.shown import SplitShown


def a_row(name: str, women: int, men: int = 0, not_stated: int = 0) -> tuple[str, SplitShown]:
    return name, SplitShown.of(Split(women, men, not_stated))


@pytest.mark.parametrize("most", [0, 1, 5, 6, 7, 25, 49, 50, 51, 99, 1000, 123456])
def test_lines_are_few_and_reach_the_longest_bar(most: int) -> None:
    drawn = chart_of([a_row("Jordan", most)], mirrored=False)

    values = [tick.value for tick in drawn.ticks]
    assert 2 <= len(values) <= 6
    assert values[-1] >= most
    assert len({later - earlier for earlier, later in itertools.pairwise(values)}) == 1


def test_segments_follow_one_another_in_proportion_and_leave_nobody_out() -> None:
    drawn = chart_of([a_row("Jordan", 4, 2, 0), a_row("Morocco", 0, 3, 3)], mirrored=False)

    jordan, morocco = (bar.segments for bar in drawn.bars)

    assert [(one.kind, one.value) for one in jordan] == [("women", 4), ("men", 2)]
    assert [(one.kind, one.value) for one in morocco] == [("men", 3), ("not_stated", 3)]
    assert jordan[1].x == pytest.approx(jordan[0].x + jordan[0].width, abs=0.02)
    assert jordan[0].width == pytest.approx(2 * jordan[1].width, abs=0.02)


def test_the_mirrored_chart_is_the_same_from_the_other_side() -> None:
    rows = [a_row("Jordan", 4, 2, 1)]

    straight, mirrored = (chart_of(rows, mirrored=side) for side in (False, True))

    pairs = zip(straight.bars[0].segments, mirrored.bars[0].segments, strict=True)
    assert all(one.x + one.width + other.x == pytest.approx(WIDTH) for one, other in pairs)
    assert all(one.x >= 0 and one.x + one.width <= WIDTH for one in mirrored.bars[0].segments)


def test_a_long_name_is_shortened_where_it_is_drawn() -> None:
    name = "A field mission with a remarkably long name"

    (bar,) = chart_of([a_row(name, 1)], mirrored=False).bars

    assert bar.name == name
    assert bar.label.endswith("…")
    assert len(bar.label) < len(name)
