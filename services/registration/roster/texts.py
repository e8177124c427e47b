"""Cells that hold text: names kept to the byte, free text trimmed, and what neither may contain."""

import re
import unicodedata

from .folding import without_invisible
from .rows import Fault

LONGEST_TEXT = 200
LONGEST_VERSION = 40
LONGEST_REFERENCE = 64
LONGEST_EMAIL = 254
DIRECTION_OVERRIDES = frozenset("\u202d\u202e")
LOST = re.compile(r"[?\s.'’-]*\?[?\s.'’-]*")

ONLY_QUESTION_MARKS = Fault(
    "name-lost-in-conversion",
    "Only question marks are left of the name: the file was saved in an encoding without its "
    "letters. Save it as CSV UTF-8 and upload it again.",
)
REPLACEMENT_CHARACTER = Fault(
    "name-lost-in-conversion",
    "Letters of the name were replaced when the file was converted. Save it as CSV UTF-8 from the "
    "original and upload it again.",
)
CONTROL_CHARACTER = Fault(
    "control-character", "The cell contains a control character or a line break."
)
DIRECTION_OVERRIDE = Fault(
    "direction-override", "The cell contains a character that turns the direction of writing round."
)
SURROGATE = Fault("lone-surrogate", "The cell contains half of a character.")
TOO_LONG = Fault("value-too-long", f"The cell is longer than {LONGEST_TEXT} characters.")
VERSION_TOO_LONG = Fault(
    "value-too-long", f"The version is longer than {LONGEST_VERSION} characters."
)
REFERENCE_TOO_LONG = Fault(
    "value-too-long", f"The reference is longer than {LONGEST_REFERENCE} characters."
)
NOT_AN_EMAIL = Fault("email-not-usable", "This is not an e-mail address of the form name@domain.")


def name(text: str) -> str | Fault:
    """A name exactly as decoded: no trimming, no normalisation."""
    return what_is_wrong_with(text) or text


def free_text(text: str) -> str | Fault:
    return name(text.strip())


def reference(text: str) -> str | Fault:
    """Trimmed, otherwise as submitted: the lot is drawn over it."""
    trimmed = text.strip()
    if len(trimmed) > LONGEST_REFERENCE:
        return REFERENCE_TOO_LONG
    return name(trimmed)


def version(text: str) -> str | Fault:
    """Which version of a declaration, trimmed."""
    found = reference(text)
    return VERSION_TOO_LONG if len(text.strip()) > LONGEST_VERSION else found


def email(text: str) -> str | Fault:
    """An address with one @ and a domain with a dot; whether it exists only a mail can tell."""
    address = text.strip()
    local, at, domain = address.partition("@")
    usable = (
        bool(local and at)
        and len(address) <= LONGEST_EMAIL
        and "@" not in domain
        and all(domain.split("."))
        and "." in domain
        and not any(is_unfit_for_an_address(one) for one in address)
    )
    return address if usable else NOT_AN_EMAIL


def is_unfit_for_an_address(character: str) -> bool:
    return character in '<>()[],;:\\"' or unicodedata.category(character)[0] in "CZ"


def what_is_wrong_with(text: str) -> Fault | None:
    if len(text) > LONGEST_TEXT:
        return TOO_LONG
    if text.isascii() and text.isprintable():
        return ONLY_QUESTION_MARKS if LOST.fullmatch(text) else None
    if any(unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in text):
        return CONTROL_CHARACTER
    if any(unicodedata.category(one) == "Cs" for one in text):
        return SURROGATE
    if not DIRECTION_OVERRIDES.isdisjoint(text):
        return DIRECTION_OVERRIDE
    if "\ufffd" in text:
        return REPLACEMENT_CHARACTER
    return ONLY_QUESTION_MARKS if LOST.fullmatch(without_invisible(text)) else None
