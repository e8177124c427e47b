"""Nominees as rows for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from .queries.nominations import NomineeShown

COLUMNS = (
    "party",
    "priority",
    "officer_reference",
    "given_name",
    "family_name",
    "given_name_ar",
    "family_name_ar",
    "sex",
    "unit",
    "unit_name",
    "rank_title",
    "rank_band",
    "status",
)


def rows_of(nominees: Iterable[NomineeShown]) -> Iterator[Sequence[str]]:
    """The heading, then one row for each nominee."""
    yield COLUMNS
    yield from map(_cells, nominees)


def _cells(one: NomineeShown) -> Sequence[str]:
    latin, arabic = (
        next(((name.given, name.family) for name in one.names if name.script == script), ("", ""))
        for script in ("Latn", "Arab")
    )
    return [
        one.party,
        str(one.priority),
        one.officer_reference or "",
        *latin,
        *arabic,
        one.sex,
        one.unit,
        one.unit_name or "",
        one.rank_title or "",
        one.rank_band or "",
        one.status,
    ]
