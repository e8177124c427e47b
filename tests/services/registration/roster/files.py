"""Builders of roster files as focal points upload them; every officer in them is invented."""

from collections.abc import Sequence

from services.registration.roster.folding import folded
from services.registration.roster.officers import Nominating
from services.registration.roster.reading import read_for
from services.registration.roster.rows import Roster

ENGLISH = (
    "officer_reference",
    "given_name",
    "family_name",
    "sex",
    "unit",
    "language",
    "priority",
)
PERFECT = ("JO-001", "Rania", "Specimen", "female", "immigration", "ar", "1")


def a_file(
    *rows: Sequence[str], header: Sequence[str] = ENGLISH, delimiter: str = ",", end: str = "\r\n"
) -> str:
    return "".join(delimiter.join(cells) + end for cells in (header, *rows))


def with_cell(column: str, text: str, row: Sequence[str] = PERFECT) -> str:
    """A file of one officer whose cell in this column, added if need be, holds the text."""
    cells = dict(zip(ENGLISH, row, strict=True)) | {column: f'"{text}"' if text else ""}
    return a_file(list(cells.values()), header=list(cells))


def found(roster: Roster) -> list[tuple[int, str | None, str]]:
    return [(one.row, one.column, one.code) for one in roster.problems]


def read_roster(content: bytes, region: str | None = None, party: str = "-") -> Roster:
    """The officers of one party in a CSV file or a workbook, and all the problems of the file.

    `region` (ISO 3166-1 alpha-2) is the country of phone numbers without a country code."""
    return read_for(
        content, Nominating(party, words={folded(party): party}, regions={party: region})
    )
