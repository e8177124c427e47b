"""One record of a roster as an officer: every cell read by its rule, every fault reported."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from .dates import day, day_or_year
from .figures import (
    one_of,
    phone_in,
    priority,
    several_of,
)
from .folding import is_blank
from .headings import REQUIRED
from .rows import Fault, RosterRow, RowProblem
from .texts import (
    email,
    free_text,
    name,
    reference,
    version,
)
from .words import (
    CODE,
    LANGUAGE,
    LANGUAGE_CODE,
    RANK_BAND,
    SEX,
    UNIT,
    YES_OR_NO,
    by_word,
)

Value = TypeVar("Value")

MISSING = Fault("value-missing", "This cell must not be empty.")
DECLARATION_WITHOUT_DAY = Fault(
    "declaration-without-day", "A declaration is named, and not the day on which it was signed."
)
DAY_WITHOUT_DECLARATION = Fault(
    "day-without-declaration", "A day is given, and not the version of the declaration."
)
SMS_WITHOUT_PHONE = Fault("sms-without-phone", "SMS are asked for, and there is no phone number.")

sex = one_of(by_word(SEX), Fault("sex-unknown", "Use female, male or not stated."))
unit = one_of(by_word(UNIT), Fault("unit-unknown", f"Use one of these units: {', '.join(UNIT)}."))
rank_band = one_of(by_word(RANK_BAND), Fault("rank-band-unknown", "Use junior, mid or senior."))
language = one_of(by_word(LANGUAGE), Fault("language-unknown", "Use ar, en, fr or es."))
yes_or_no = one_of(by_word(YES_OR_NO), Fault("sms-unknown", "Use yes or no."))
specialisms = several_of(
    by_word(UNIT),
    CODE,
    Fault("specialism-unknown", f"Use these specialisms, with ; between: {', '.join(UNIT)}."),
)
languages = several_of(
    by_word(LANGUAGE),
    LANGUAGE_CODE,
    Fault(
        "languages-unknown", "Use ar, en, fr, es or the code of another language, with ; between."
    ),
)

PARTY_UNKNOWN = Fault("party-unknown", "The call does not invite this party.")
PARTY_DIFFERS = Fault("party-differs", "The file is read for another party.")


@dataclass(frozen=True)
class Nominating:
    """For whom a file nominates: the one party given, or those that its rows name.

    `words` are what parties are called, folded, with their codes; `regions` the country (ISO 3166-1
    alpha-2) of each whose national phone numbers are understood; `units` codes of units that are
    understood beside the words we know."""

    party: str | None = None
    units: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str | None] = field(default_factory=dict)

    def unit_of(self, text: str) -> str | Fault:
        """Reads a kind of unit."""
        code = text.strip()
        return code if code in self.units else unit(text)

    @property
    def required(self) -> Collection[str]:
        """The columns that the file must have."""
        return REQUIRED if self.party else ("party", *REQUIRED)


class Cells:
    """The cells of one row by column, and the problems met while they are read.

    `written` are all its cells as they stood. A row that does not fit the header has no columns."""

    def __init__(
        self,
        row: int,
        texts: Mapping[str, str],
        letters: Mapping[str, str] | None = None,
        written: Sequence[str] = (),
    ) -> None:
        self.row = row
        self.texts = texts
        self.written = written
        self.party: str | None = None
        self.problems: list[RowProblem] = []
        self._letters = letters or {}
        self._spoilt: set[str] = set()

    def blame(self, column: str, fault: Fault) -> None:
        """Report what is wrong with the cell of a column, which is then not read."""
        self.problems.append(fault.at(self.row, column, self._letters.get(column)))
        self._spoilt.add(column)

    def read(self, column: str, rule: Callable[[str], Value | Fault]) -> Value | None:
        """What the rule makes of the cell; None where it is empty, absent or faulty."""
        text = self.texts.get(column)
        if text is None or column in self._spoilt:
            return None
        value = (MISSING if column in REQUIRED else None) if is_blank(text) else rule(text)
        if isinstance(value, Fault):
            self.blame(column, value)
            return None
        return value


def officer_in(cells: Cells, nominating: Nominating) -> RosterRow | None:
    """The officer, or None where a required column is absent or a cell of the row is faulty."""
    party = cells.party = _party_in(cells, nominating)
    region = nominating.regions.get(party or "")
    submitted = cells.read("officer_reference", reference)
    given, family = cells.read("given_name", name), cells.read("family_name", name)
    given_ar, family_ar = cells.read("given_name_ar", name), cells.read("family_name_ar", name)
    stated_sex, kind = cells.read("sex", sex), cells.read("unit", nominating.unit_of)
    unit_name, title = cells.read("unit_name", free_text), cells.read("rank_title", free_text)
    band = cells.read("rank_band", rank_band)
    address, phone = cells.read("email", email), cells.read("phone", phone_in(region))
    written_in = cells.read("language", language)
    wants_sms = cells.read("sms", yes_or_no) == "yes"
    rank = cells.read("priority", priority)
    skills, spoken = cells.read("specialisms", specialisms), cells.read("languages", languages)
    since = cells.read("serving_since", day_or_year)
    declaration, declared_on = cells.read("declaration", version), cells.read("declared_on", day)
    written_phone = cells.texts.get("phone", "")
    if wants_sms and is_blank(written_phone):
        cells.blame("sms", SMS_WITHOUT_PHONE)
    _ask_for_the_whole_declaration(cells)
    if cells.problems:
        return None
    if submitted is None or given is None or family is None or stated_sex is None:
        return None
    if kind is None or written_in is None or rank is None:
        return None
    return RosterRow(
        row=cells.row,
        officer_reference=submitted,
        given_name=given,
        family_name=family,
        given_name_ar=given_ar,
        family_name_ar=family_ar,
        sex=stated_sex,
        unit=kind,
        unit_name=unit_name,
        rank_title=title,
        rank_band=band,
        email=address,
        phone=phone,
        phone_as_written=None if is_blank(written_phone) else written_phone,
        language=written_in,
        sms=wants_sms,
        priority=rank,
        party=party,
        specialisms=_said(cells, "specialisms", skills),
        languages=_said(cells, "languages", spoken),
        serving_since=since,
        says_since="serving_since" in cells.texts,
        declaration=declaration,
        declared_on=declared_on,
    )


def _party_in(cells: Cells, nominating: Nominating) -> str | None:
    given = nominating.party
    named = cells.read("party", one_of(nominating.words, PARTY_UNKNOWN))
    if named and given and named != given:
        cells.blame("party", PARTY_DIFFERS)
    if not given and is_blank(cells.texts.get("party", "x")):
        cells.blame("party", MISSING)
    return given or named


def _ask_for_the_whole_declaration(cells: Cells) -> None:
    """Its version and the day it was signed: one without the other says nothing."""
    no_version, no_day = (
        is_blank(cells.texts.get(one, "")) for one in ("declaration", "declared_on")
    )
    if no_day and not no_version:
        cells.blame("declared_on", DECLARATION_WITHOUT_DAY)
    if no_version and not no_day:
        cells.blame("declaration", DAY_WITHOUT_DECLARATION)


def _said(cells: Cells, column: str, several: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """What a row says, nothing where it says so; None where the file has no such column."""
    return (several or ()) if column in cells.texts else None
