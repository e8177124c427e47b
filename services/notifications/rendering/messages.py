"""The messages there are, what each must be told, and what a reader may not be shown."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("ar", "en", "fr", "es")

MESSAGES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "call_opened": frozenset({"reference", "deadline", "link"}),
        "outcome_announced": frozenset({"reference", "selected", "waitlisted", "link"}),
        "reviewer_appointed": frozenset({"reference", "scores_until", "link"}),
        "reviewer_reminded": frozenset({"reference", "scores_until", "link"}),
        "seat_offered": frozenset({"reference", "answer_by", "link"}),
        "seat_taken_back": frozenset({"reference", "activity_takes_place", "link"}),
        "deadline_extended": frozenset({"reference", "deadline", "link"}),
        "call_below_minimum": frozenset({"reference", "minimum_seats", "filled", "link"}),
        "call_ended": frozenset({"reference", "link"}),
        "seat_held": frozenset({"reference", "seat", "link"}),
        "nomination_returned": frozenset({"reference", "answer_by", "link"}),
        "nomination_ineligible": frozenset({"reference", "link"}),
        "offer_ended": frozenset({"reference", "reason", "link"}),
        "change_asked": frozenset({"reference", "link"}),
        "change_decided": frozenset({"reference", "accepted", "link"}),
        "waiting_list_closed": frozenset({"reference", "not_selected", "link"}),
        "other_run_offered": frozenset({"reference", "other_reference", "answer_by", "link"}),
        "follow_up_asked": frozenset({"reference", "answer_by", "link"}),
        "follow_up_reminded": frozenset({"reference", "answer_by", "link"}),
        "visa_letter_issued": frozenset({"reference", "link"}),
        "visa_letter_void": frozenset({"reference", "link"}),
        "joining_instructions": frozenset({"reference", "starts", "link"}),
        "session_reminder": frozenset({"reference", "starts", "link"}),
        "session_changed": frozenset({"reference", "link"}),
        "activity_cancelled": frozenset({"reference", "link"}),
        "certificate_issued": frozenset({"reference", "link"}),
        "certificate_replaced": frozenset({"reference", "link"}),
        "certificate_revoked": frozenset({"reference", "link"}),
    }
)
"""Variables every reader of a message gets, by message."""

OPEN_DETAILS: Final = ("title", "place", "dates")
"""Shown for open activities only."""

_OPTIONAL: Final = frozenset({"open", "officer_reference", *OPEN_DETAILS})


class UnknownMessage(LookupError):
    """There is no such message, or not in this language."""


class VariablesDoNotFit(ValueError):
    """A variable is missing, unknown, or not fit to be shown."""


def what_the_reader_may_see(message: str, variables: Mapping[str, object]) -> dict[str, object]:
    """Complete and check the variables; details of an activity that is not open are taken out.

    A message about somebody else's officer (`officer_reference`) is never open.
    Raises UnknownMessage, VariablesDoNotFit.
    """
    if message not in MESSAGES:
        raise UnknownMessage(message)
    missing = MESSAGES[message] - variables.keys()
    unknown = variables.keys() - MESSAGES[message] - _OPTIONAL
    if missing or unknown:
        raise VariablesDoNotFit(f"{message}: missing {sorted(missing)}, unknown {sorted(unknown)}")
    seen = dict.fromkeys(_OPTIONAL) | dict(variables)
    seen["open"] = seen["open"] is True and seen["officer_reference"] is None
    if not seen["open"]:
        seen |= dict.fromkeys(OPEN_DETAILS)
    _refuse_a_strange_link(seen["link"])
    return seen


def _refuse_a_strange_link(link: object) -> None:
    is_web = isinstance(link, str) and link.startswith(("https://", "http://"))
    if not is_web or any(not 0x20 < ord(character) < 0x7F for character in str(link)):
        raise VariablesDoNotFit("link is not a plain web address")
