"""The geometry of a chart of bars split by sex, from either side; the template draws it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .shown import SplitShown

WIDTH, LABELS, TOTALS = 720, 190, 46
ROW, BAR, TOP, BOTTOM = 34, 22, 8, 26
NARROWEST_WITH_A_NUMBER = 18
LONGEST_LABEL = 27
MOST_TICKS = 6
Side = Callable[[float, float], float]
"""Where something of a width stands that starts so far from the side where lines begin."""
KINDS = ("women", "men", "not_stated")


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a bar that stands for one sex; `middle` is where its number goes."""

    kind: str
    value: int
    x: float
    width: float
    middle: float
    has_room: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label (shortened, and in full), its segments, its total past their end."""

    label: str
    name: str
    split: SplitShown
    segments: Sequence[Segment]
    y: int
    label_x: float
    total_x: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid and the number beneath it."""

    value: int
    x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template needs, in units of the view box."""

    width: int
    height: int
    bar: int
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    floor: int


def chart_of(rows: Sequence[tuple[str, SplitShown]], *, mirrored: bool) -> Chart:
    """A bar for each row, in the order given; mirrored for languages written from the right."""
    most = max((split.total for _, split in rows), default=0)
    step = _step(most)
    steps = max(1, -(-most // step))
    scale = (WIDTH - LABELS - TOTALS) / (steps * step)
    side = partial(_from_side, mirrored=mirrored)
    floor = TOP + ROW * len(rows)
    return Chart(
        width=WIDTH,
        height=floor + BOTTOM,
        bar=BAR,
        bars=[_bar(at, name, split, scale, side) for at, (name, split) in enumerate(rows)],
        ticks=[Tick(n * step, side(LABELS + n * step * scale, 0)) for n in range(steps + 1)],
        floor=floor,
    )


def _bar(at: int, name: str, split: SplitShown, scale: float, side: Side) -> Bar:
    end = LABELS + split.total * scale
    return Bar(
        label=name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…",
        name=name,
        split=split,
        segments=list(_segments(split, scale, side)),
        y=TOP + ROW * at + (ROW - BAR) // 2,
        label_x=side(LABELS - 10, 0),
        total_x=side(end + 8, 0),
    )


def _segments(split: SplitShown, scale: float, side: Side) -> Iterator[Segment]:
    start = float(LABELS)
    for kind in KINDS:
        value = getattr(split, kind)
        if not value:
            continue
        width = value * scale
        x = side(start, width)
        has_room = width >= NARROWEST_WITH_A_NUMBER
        yield Segment(kind, value, round(x, 2), round(width, 2), round(x + width / 2, 2), has_room)
        start += width


def _step(most: int) -> int:
    """The distance of the lines: 1, 2 or 5 times a power of ten, for six lines at most."""
    step = 1
    while most > step * (MOST_TICKS - 1):
        step = {1: 2, 2: 5, 5: 10}[int(str(step)[0])] * 10 ** (len(str(step)) - 1)
    return step


def _from_side(start: float, width: float, *, mirrored: bool) -> float:
    return round(WIDTH - start - width if mirrored else start, 2)
