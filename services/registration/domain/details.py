"""What is wrong with the details of an officer: by the field, with a code."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

Wrong = tuple[str, str]
"""A field and what is wrong with it."""
OF_A_VISA_LETTER = ("born_on", "birthplace", "consulate")


def what_is_wrong(
    asks: Collection[str], told: Mapping[str, Mapping[str, Any] | None], first: date, last: date
) -> tuple[Wrong, ...]:
    """For an activity from its first day to its last; nothing: the details are whole."""
    given = {name for name, one in told.items() if one is not None}
    missing = [(name, "missing") for name in sorted(set(asks) - given)]
    strange = [(name, "not-asked") for name in sorted(given - set(asks))]
    return (*missing, *strange, *_misfits(told, first, last))


def _misfits(
    told: Mapping[str, Mapping[str, Any] | None], first: date, last: date
) -> Iterator[Wrong]:
    passport, travel, letter = (told.get(name) for name in ("passport", "travel", "visa_letter"))
    if passport and passport["expires_on"] < last:
        yield "passport.expires_on", "expires-before-the-end"
    if travel and travel["arrives_on"] > first:
        yield "travel.arrives_on", "after-the-start"
    if travel and travel["leaves_on"] < last:
        yield "travel.leaves_on", "before-the-end"
    if letter and letter["needed"]:
        for name in OF_A_VISA_LETTER:
            if letter[name] is None:
                yield f"visa_letter.{name}", "missing"
