"""One record of a roster as an officer: every cell read by its rule, every fault reported."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from .figures import one_of, phone_in, priority
from .folding import is_blank
from .headings import REQUIRED
from .rows import Fault, RosterRow, RowProblem
from .texts import email, free_text, name, reference
from .words import LANGUAGE, RANK_BAND, SEX, UNIT, YES_OR_NO, by_word

Value = TypeVar("Value")

MISSING = Fault("value-missing", "This cell must not be empty.")
SMS_WITHOUT_PHONE = Fault("sms-without-phone", "SMS are asked for, and there is no phone number.")

sex = one_of(by_word(SEX), Fault("sex-unknown", "Use female, male or not stated."))
unit = one_of(by_word(UNIT), Fault("unit-unknown", f"Use one of these units: {', '.join(UNIT)}."))
rank_band = one_of(by_word(RANK_BAND), Fault("rank-band-unknown", "Use junior, mid or senior."))
language = one_of(by_word(LANGUAGE), Fault("language-unknown", "Use ar, en, fr or es."))
yes_or_no = one_of(by_word(YES_OR_NO), Fault("sms-unknown", "Use yes or no."))


class Cells:
    """The cells of one row by column, and the problems met while they are read."""

    def __init__(self, row: int, texts: Mapping[str, str]) -> None:
        self.row = row
        self.texts = texts
        self.problems: list[RowProblem] = []

    def read(self, column: str, rule: Callable[[str], Value | Fault]) -> Value | None:
        """What the rule makes of the cell; None where it is empty, absent or faulty."""
        text = self.texts.get(column)
        if text is None:
            return None
        value = (MISSING if column in REQUIRED else None) if is_blank(text) else rule(text)
        if isinstance(value, Fault):
            self.problems.append(value.at(self.row, column))
            return None
        return value


def officer_in(cells: Cells, region: str | None) -> RosterRow | None:
    """The officer, or None where a required column is absent or a cell of the row is faulty."""
    submitted = cells.read("officer_reference", reference)
    given, family = cells.read("given_name", name), cells.read("family_name", name)
    given_ar, family_ar = cells.read("given_name_ar", name), cells.read("family_name_ar", name)
    stated_sex, kind = cells.read("sex", sex), cells.read("unit", unit)
    unit_name, title = cells.read("unit_name", free_text), cells.read("rank_title", free_text)
    band = cells.read("rank_band", rank_band)
    address, phone = cells.read("email", email), cells.read("phone", phone_in(region))
    written_in = cells.read("language", language)
    wants_sms = cells.read("sms", yes_or_no) == "yes"
    rank = cells.read("priority", priority)
    written_phone = cells.texts.get("phone", "")
    if wants_sms and is_blank(written_phone):
        cells.problems.append(SMS_WITHOUT_PHONE.at(cells.row, "sms"))
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
    )
