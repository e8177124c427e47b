"""Whether a nomination fits its call: named rules, each with the reason a focal point reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import conditions as are
from .conditions import Conditions, Nominee

Asked = Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """`asks` answers what a call asks by this rule, in codes and figures; empty: nothing."""

    name: str
    reason: str
    holds: Callable[[Conditions, Nominee], bool]
    asks: Callable[[Conditions], Asked]


def _(words: str) -> str:
    """Words that pages and answers say in every language."""
    return words


def _among(field: str) -> Callable[[Conditions], Asked]:
    """What a call asks in one field: codes in their order, or a figure."""

    def asked(call: Conditions) -> Asked:
        value = getattr(call, field)
        return {field: sorted(value) if isinstance(value, frozenset) else value} if value else {}

    return asked


def _years(call: Conditions) -> Asked:
    bounds = {"years_minimum": call.years_minimum, "years_maximum": call.years_maximum}
    return {name: years for name, years in bounds.items() if years is not None}


def _certificate(call: Conditions) -> Asked:
    if call.certificate is None:
        return {}
    return {"certificate": call.certificate, "certificate_years": call.certificate_years}


RULES: tuple[Rule, ...] = (
    Rule(
        "party-invited",
        _("The call invites the party."),
        are.party_is_invited,
        _among("parties"),
    ),
    Rule(
        "unit-required",
        _("The officer serves in a unit the call asks for."),
        are.unit_is_required,
        _among("units"),
    ),
    Rule(
        "sex-allowed",
        _("The call is open to officers of this sex."),
        are.sex_is_allowed,
        _among("sexes"),
    ),
    Rule(
        "party-maximum",
        _("The party has not yet nominated as many officers as the call allows it."),
        are.party_has_room,
        _among("most_nominations"),
    ),
    Rule(
        "rank-band-allowed",
        _("The officer's rank is in a band the call asks for."),
        are.rank_is_allowed,
        _among("rank_bands"),
    ),
    Rule(
        "years-of-service",
        _("On the first day the officer has as many years of service as the call asks for."),
        are.years_are_within,
        _years,
    ),
    Rule(
        "languages-spoken",
        _("The officer works in every language the call asks for."),
        are.languages_are_spoken,
        _among("all_languages"),
    ),
    Rule(
        "language-spoken",
        _("The officer works in one of the languages the call asks for."),
        are.language_is_spoken,
        _among("any_language"),
    ),
    Rule(
        "specialism-required",
        _("The officer is specialised in what the call asks for."),
        are.specialism_is_asked_for,
        _among("specialisms"),
    ),
    Rule(
        "completions-required",
        _("The officer has completed the earlier courses the call asks for."),
        are.has_completed,
        _among("completions"),
    ),
    Rule(
        "certificate-valid",
        _("The officer holds the certificate the call asks for, still valid on the first day."),
        are.certificate_is_valid,
        _certificate,
    ),
    Rule(
        "declaration-signed",
        _("The declaration is signed, in the version the call asks for."),
        are.declaration_is_signed,
        _among("declaration"),
    ),
    Rule(
        "first-time-only",
        _("The officer takes part for the first time."),
        are.is_first_time,
        _among("first_time_only"),
    ),
)


def failed_rules(call: Conditions, nominee: Nominee) -> tuple[str, ...]:
    """The names of the rules that do not hold, in the order of `RULES`; empty: eligible."""
    return tuple(rule.name for rule in RULES if not rule.holds(call, nominee))


def reason_for(name: str) -> str:
    """What the rule of this name asks for. Raises KeyError for a name that is no rule."""
    return {rule.name: rule.reason for rule in RULES}[name]
