"""Nominees as rows for a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from ..queries.nominations import NomineeShown, ReasonShown

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "party": "Party",
        "priority": "priority",
        "officer_reference": "officer reference",
        "given_name": "given name",
        "family_name": "family name",
        "given_name_ar": "given name in Arabic",
        "family_name_ar": "family name in Arabic",
        "sex": "sex",
        "unit": "unit",
        "unit_name": "name of the unit",
        "rank_title": "rank",
        "rank_band": "rank band",
        "specialisms": "specialisms",
        "languages": "working languages",
        "serving_since": "serving since",
        "status": "State",
        "outcome_reason": "reason for not being selected",
    }
)
"""The columns by code, as the words of the pages call them."""


def rows_of(
    nominees: Iterable[NomineeShown], say: Callable[[str], str] | None = None
) -> Iterator[Sequence[str]]:
    """The heading, in codes or in the words of a language, then one row for each nominee."""
    yield [_begun_large(say(words)) if say else code for code, words in COLUMNS.items()]
    yield from map(_cells, nominees)


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


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
        "; ".join(one.specialisms),
        "; ".join(one.languages),
        one.serving_since.isoformat() if one.serving_since else "",
        one.status,
        "; ".join(map(_reason, one.outcome_reason or ())),
    ]


def _reason(one: ReasonShown) -> str:
    about = one.dimension or one.chance
    return f"{one.code} ({about})" if about else one.code
