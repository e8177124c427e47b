"""Cells that hold words from a list, a priority or a phone number."""

import re
from collections.abc import Callable, Mapping

import phonenumbers

from .folding import folded, with_ascii_digits, without_invisible
from .rows import Fault

NOT_A_PRIORITY = Fault(
    "priority-not-a-whole-number", "The priority is a whole number from 1 to 99999."
)
NOT_A_PHONE = Fault(
    "phone-not-usable",
    "This is not a phone number of the party's country, nor an international one with + and the "
    "country code.",
)
PHONE_IN_POWERS_OF_TEN = Fault(
    "phone-lost-in-conversion",
    "The spreadsheet has rounded the phone number. Format the column as text and enter it again.",
)
WHOLE_NUMBER = re.compile("0*([1-9][0-9]{0,4})")
POWERS_OF_TEN = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
LONGEST_PHONE = 60
BETWEEN_WORDS = re.compile("[;,،؛]")
MOST_WORDS = 20


def one_of(words: Mapping[str, str], unknown: Fault) -> Callable[[str], str | Fault]:
    """Reads a cell as the code of its word; a word that is not in the list is the given fault."""

    def code_of(text: str) -> str | Fault:
        return words.get(folded(text), unknown)

    return code_of


def several_of(
    words: Mapping[str, str], code: re.Pattern[str], unknown: Fault
) -> Callable[[str], tuple[str, ...] | Fault]:
    """Reads a cell as the codes of its words, each once; a code of the given form is one itself."""

    def codes_of(text: str) -> tuple[str, ...] | Fault:
        written = [one.strip() for one in BETWEEN_WORDS.split(without_invisible(text))]
        codes = {_code(one, words): one for one in written if one}
        known = words.values()
        if len(codes) > MOST_WORDS:
            return unknown
        fine = all(one in known or code.fullmatch(one) for one in codes)
        return tuple(codes) if fine else unknown

    return codes_of


def _code(word: str, words: Mapping[str, str]) -> str:
    """What is written as a code is no word, though it may read like one."""
    return word if "_" in word else words.get(folded(word), word)


def priority(text: str) -> int | Fault:
    found = WHOLE_NUMBER.fullmatch(with_ascii_digits(without_invisible(text)).strip())
    return int(found.group(1)) if found else NOT_A_PRIORITY


def phone_in(region: str | None) -> Callable[[str], str | Fault]:
    """Reads a phone number in any usual writing as E.164.

    Numbers without a country code are those of `region` (ISO 3166-1 alpha-2), if there is one."""

    def e164_of(text: str) -> str | Fault:
        written = with_ascii_digits(without_invisible(text)).strip()
        if POWERS_OF_TEN.fullmatch(written):
            return PHONE_IN_POWERS_OF_TEN
        if len(written) > LONGEST_PHONE:
            return NOT_A_PHONE
        international = "+" + written[2:] if written.startswith("00") else written
        try:
            number = phonenumbers.parse(international, region)
        except phonenumbers.NumberParseException:
            return NOT_A_PHONE
        if not phonenumbers.is_valid_number(number):
            return NOT_A_PHONE
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    return e164_of
