"""Nominees as rows for a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from ..queries.nominations import NomineeShown, ReasonShown
from ..roster.sheet_words import BETWEEN, Say, in_words

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
        "declaration": "declaration",
        "declared_on": "declaration signed on",
        "status": "State",
        "outcome_reason": "reason for not being selected",
    }
)
"""The columns by code, as the words of the pages call them."""


@dataclass(frozen=True)
class Words:
    """A language: its texts, what its pages call the states, and how they say a reason."""

    say: Say
    statuses: Mapping[str, str]
    reason: Callable[[ReasonShown], str]


def rows_of(
    nominees: Iterable[NomineeShown], words: Words | None = None
) -> Iterator[Sequence[str]]:
    """The heading, then one row for each nominee; in codes, or in the words of a language."""
    if words is None:
        yield list(COLUMNS)
        yield from (list(map(_coded, _cells(one).values())) for one in nominees)
    else:
        yield [_begun_large(words.say(heading)) for heading in COLUMNS.values()]
        yield from map(partial(_said, words), nominees)


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cells(one: NomineeShown) -> Mapping[str, Any]:
    """What stands in each column, in codes; some columns hold several."""
    latin, arabic = (
        next(((name.given, name.family) for name in one.names if name.script == script), ("", ""))
        for script in ("Latn", "Arab")
    )
    signed = one.declaration
    return {
        "party": one.party,
        "priority": one.priority,
        "officer_reference": one.officer_reference,
        "given_name": latin[0],
        "family_name": latin[1],
        "given_name_ar": arabic[0],
        "family_name_ar": arabic[1],
        "sex": one.sex,
        "unit": one.unit,
        "unit_name": one.unit_name,
        "rank_title": one.rank_title,
        "rank_band": one.rank_band,
        "specialisms": one.specialisms,
        "languages": one.languages,
        "serving_since": one.serving_since,
        "declaration": signed and signed.version,
        "declared_on": signed and signed.signed_on,
        "status": one.status,
        "outcome_reason": one.outcome_reason or (),
    }


def _coded(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return BETWEEN.join(map(_coded, value))
    if isinstance(value, ReasonShown):
        about = value.dimension or value.chance
        return f"{value.code} ({about})" if about else value.code
    return "" if value is None else str(value)


def _said(words: Words, one: NomineeShown) -> Sequence[str]:
    cells = _cells(one)
    told = {
        "status": words.statuses.get(one.status, one.status),
        "outcome_reason": BETWEEN.join(map(words.reason, cells["outcome_reason"])),
    }
    return [
        told.get(column) or ("" if value is None else in_words(column, value, words.say))
        for column, value in cells.items()
    ]
