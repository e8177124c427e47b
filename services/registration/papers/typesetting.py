"""From the facts of minutes to a tagged PDF in the language asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel import Locale

from shared.papers.paper_language import in_language, paper_language, paper_locale
from shared.papers.printed import printed_moment, printed_number
from shared.papers.typesetting import shown, typeset

from .minutes import (
    BoardListed,
    Minutes,
    OverrideListed,
    QuotaCounted,
    QuotaMissed,
)

TEMPLATE = Path(__file__).parent / "minutes.typ"
Facts = dict[str, Any]


def minutes_pdf(minutes: Minutes) -> bytes:
    """An A4 PDF; the same facts give the same bytes."""
    made_on = (minutes.concluded_at or minutes.approved_at or minutes.computed_at).date()
    language = paper_language(minutes.language)
    facts = _Page(minutes, language, paper_locale(language, None)).facts()
    facts["date"] = [made_on.year, made_on.month, made_on.day]
    return typeset(TEMPLATE, facts, made_on)


@dataclass(frozen=True)
class _Page:
    """Texts with their direction; words of the template's own by their keys."""

    minutes: Minutes
    language: str
    locale: Locale

    def facts(self) -> Facts:
        minutes = self.minutes
        return {
            "language": self.language,
            "reference": shown(minutes.reference),
            "concluded": minutes.concluded_at is not None,
            "facts": [
                ("call", shown(minutes.reference)),
                ("deadline", self.moment(minutes.deadline)),
                ("seats", self.number(minutes.seats)),
                ("method", "by_board" if minutes.board else minutes.method),
                ("run", self.number(minutes.run)),
                ("state", minutes.state),
            ],
            "pool": [
                ("nominated", self.number(minutes.nominated)),
                ("of_them_women", self.number(minutes.women)),
                ("of_parties", self.number(minutes.parties)),
                ("chosen", self.number(minutes.chosen)),
                ("waiting", self.number(minutes.nominated - minutes.chosen)),
            ],
            "quotas": [self.quota(one) for one in minutes.quotas],
            "board": None if minutes.board is None else self.board(minutes.board),
            "scored": self.columns(),
            "nominees": [
                {
                    "reference": shown(one.reference),
                    "rank": self.number(one.rank),
                    "scores": [self.number(score) for score in one.scores],
                    "outcome": "chosen" if one.chosen else "waiting",
                }
                for one in minutes.nominees
            ],
            "overrides": [self.override(one) for one in minutes.overrides],
            "decision": self.decision(),
            "draw": list(minutes.draw),
            "digest": minutes.pool_digest,
        }

    def number(self, count: int | Decimal | None) -> Facts:
        return shown("–" if count is None else printed_number(count, self.locale))

    def moment(self, moment: datetime | None) -> Facts:
        if moment is None:
            return shown("–")
        return shown(printed_moment(moment, self.minutes.zone, self.locale))

    def columns(self) -> list[Facts]:
        """The heads of the scores: each reviewer by number, then the board."""
        if self.minutes.board is None:
            return []
        return [self.number(one.number) for one in self.minutes.board.reviewers]

    def group(self, one: QuotaCounted | QuotaMissed) -> Facts:
        names = in_language(one.names, self.language)
        value = self.locale.languages.get(one.value) if one.dimension == "language" else None
        return {
            "dimension": one.dimension,
            "names": shown(names) if names else None,
            "value": shown(value or one.value),
        }

    def quota(self, one: QuotaCounted) -> Sequence[Any]:
        counts = (one.minimum, one.maximum, one.nominated, one.chosen)
        return [self.group(one), *(self.number(count) for count in counts)]

    def board(self, board: BoardListed) -> Facts:
        return {
            "reviewers": [
                {
                    "number": self.number(one.number),
                    "chairs": one.chairs,
                    "handed_in": one.handed_in,
                }
                for one in board.reviewers
            ],
            "criteria": [
                shown(f"{in_language(names, self.language)}: {printed_number(weight, self.locale)}")
                for names, weight in board.criteria
            ],
            "conflicts": [
                {"reviewer": self.number(number), "reference": shown(reference), "grounds": grounds}
                for number, reference, grounds in board.conflicts
            ],
        }

    def override(self, one: OverrideListed) -> Facts:
        return {
            "number": printed_number(one.number, self.locale),
            "moment": self.moment(one.at),
            "leaves": shown(one.leaves) if one.leaves else None,
            "comes": shown(one.comes) if one.comes else None,
            "missed": [(self.group(quota), quota.bound) for quota in one.missed],
            "reason": shown(one.reason),
            "person": shown(one.by),
        }

    def decision(self) -> list[tuple[str, Facts]]:
        minutes = self.minutes
        told = [
            ("computed", self.moment(minutes.computed_at)),
            ("proposed_by", shown(minutes.proposed_by)),
        ]
        if minutes.approved_by is not None:
            told.append(("approved_by", shown(minutes.approved_by)))
            told.append(("approved_at", self.moment(minutes.approved_at)))
        if minutes.concluded_at is not None:
            told.append(("concluded_at", self.moment(minutes.concluded_at)))
        return told
