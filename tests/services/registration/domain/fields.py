"""Builders and strategies for fields of candidates, and selection by trying every panel."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from uuid import UUID, uuid4

from hypothesis import strategies as st

from services.registration.domain.ordering import lot
from services.registration.domain.quotas import Candidate, Quota, broken_by

CALL = "AMM-2018-01-A"
PARTIES = ("EG", "JO", "UNMISS")
UNITS = ("immigration", "anti_trafficking", "training")
LANGUAGES = ("ar", "en", "fr")
SCORES = (None, None, 7, Decimal("7.0"), Decimal("7.5"), 9)


def an_officer(
    reference: str = "1",
    party: str = "JO",
    rank: int = 1,
    sex: str = "male",
    unit: str = "immigration",
    late: bool = False,
    languages: Sequence[str] = (),
    score: Decimal | int | None = None,
) -> Candidate:
    traits = {"sex": sex, "unit": unit, "language": languages}
    return Candidate(uuid4(), party, reference, rank, traits, late, score)


def every_panel(candidates: Sequence[Candidate], seats: int) -> Iterator[tuple[Candidate, ...]]:
    for size in range(min(seats, len(candidates)) + 1):
        yield from combinations(candidates, size)


def every_good_panel(
    candidates: Sequence[Candidate], seats: int, quotas: Sequence[Quota]
) -> list[tuple[Candidate, ...]]:
    return [panel for panel in every_panel(candidates, seats) if not broken_by(panel, quotas)]


def preference(
    panel: Sequence[Candidate], ranks: Sequence[int], call: str = CALL
) -> tuple[object, ...]:
    """Less is better: seats left empty, the scores from the best, none after any, then the ranks
    from the first, then the ascending lots."""
    scores = sorted((one.score is None, 0 if one.score is None else -one.score) for one in panel)
    of_rank = [-sum(one.rank == rank for one in panel) for rank in ranks]
    return (-len(panel), scores, of_rank, sorted(lot(call, one) for one in panel))


def best_by_trying_all(
    candidates: Sequence[Candidate], seats: int, quotas: Sequence[Quota], call: str = CALL
) -> frozenset[UUID] | None:
    ranks = sorted({one.rank for one in candidates})
    good = every_good_panel(candidates, seats, quotas)
    if not good:
        return None
    best = min(good, key=lambda panel: preference(panel, ranks, call))
    return ids(best)


def ids(candidates: Iterable[Candidate]) -> frozenset[UUID]:
    return frozenset(one.nomination_id for one in candidates)


@st.composite
def fields(draw: st.DrawFn, largest: int = 9) -> list[Candidate]:
    size = draw(st.integers(0, largest))
    scored = draw(st.booleans())
    return [
        an_officer(
            reference=str(place),
            party=draw(st.sampled_from(PARTIES)),
            rank=draw(st.integers(1, 4)),
            sex=draw(st.sampled_from(("female", "male"))),
            unit=draw(st.sampled_from(UNITS)),
            late=draw(st.booleans()),
            languages=draw(st.lists(st.sampled_from(LANGUAGES), max_size=3)),
            score=draw(st.sampled_from(SCORES)) if scored else None,
        )
        for place in range(size)
    ]


@st.composite
def quotas(draw: st.DrawFn) -> list[Quota]:
    values = [
        *(("party", party) for party in PARTIES),
        ("sex", "female"),
        ("sex", "male"),
        *(("unit", unit) for unit in UNITS),
        *(("language", language) for language in LANGUAGES),
        ("seats", ""),
    ]
    asked = draw(st.lists(st.sampled_from(values), max_size=6))
    return [
        Quota(
            dimension,
            value,
            draw(st.sampled_from((0, 0, 1, 1, 2, 3))),
            draw(st.none() | st.integers(0, 4)),
        )
        for dimension, value in asked
    ]
