"""What a call asks of a nomination, what is known of a nominee, and where the two fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

NOBODY_SAID: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Conditions:
    """What a call asks of a nomination. An empty set, None or False asks nothing.

    `most_nominations` is given per party; a party without an entry may nominate any number.
    Years of service are whole years on `first_day`, the first day of the activity. A certificate is
    valid for `certificate_years` from its date; None: for ever."""

    parties: frozenset[str]
    units: frozenset[str] = frozenset()
    sexes: frozenset[str] = frozenset()
    most_nominations: Mapping[str, int] = field(default_factory=dict, hash=False)
    rank_bands: frozenset[str] = frozenset()
    first_day: date | None = None
    years_minimum: int | None = None
    years_maximum: int | None = None
    all_languages: frozenset[str] = frozenset()
    any_language: frozenset[str] = frozenset()
    specialisms: frozenset[str] = frozenset()
    completions: frozenset[str] = frozenset()
    certificate: str | None = None
    certificate_years: int | None = None
    declaration: str | None = None
    first_time_only: bool = False


@dataclass(frozen=True)
class Nominee:
    """`nominated_before` counts the party's other nominations for the call that still stand.

    `completions` and `certificates` are codes, the latter of those valid on the first day;
    `declaration` is the version of the text that was signed."""

    party: str
    unit: str
    sex: str
    nominated_before: int
    rank_band: str | None = None
    serving_since: date | None = None
    languages: frozenset[str] = NOBODY_SAID
    specialisms: frozenset[str] = NOBODY_SAID
    completions: frozenset[str] = NOBODY_SAID
    certificates: frozenset[str] = NOBODY_SAID
    declaration: str | None = None
    first_time: bool = True


def years_served(since: date, on: date) -> int:
    """Whole years of service on a day; the anniversary of 29 February is 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def party_is_invited(call: Conditions, nominee: Nominee) -> bool:
    return nominee.party in call.parties


def unit_is_required(call: Conditions, nominee: Nominee) -> bool:
    return not call.units or nominee.unit in call.units


def sex_is_allowed(call: Conditions, nominee: Nominee) -> bool:
    return not call.sexes or nominee.sex in call.sexes


def party_has_room(call: Conditions, nominee: Nominee) -> bool:
    most = call.most_nominations.get(nominee.party)
    return most is None or nominee.nominated_before < most


def rank_is_allowed(call: Conditions, nominee: Nominee) -> bool:
    return not call.rank_bands or nominee.rank_band in call.rank_bands


def years_are_within(call: Conditions, nominee: Nominee) -> bool:
    if call.years_minimum is None and call.years_maximum is None:
        return True
    if nominee.serving_since is None or call.first_day is None:
        return False
    served = years_served(nominee.serving_since, call.first_day)
    most = call.years_maximum
    return served >= (call.years_minimum or 0) and (most is None or served <= most)


def languages_are_spoken(call: Conditions, nominee: Nominee) -> bool:
    return all(speaks(nominee, one) for one in call.all_languages)


def language_is_spoken(call: Conditions, nominee: Nominee) -> bool:
    return not call.any_language or any(speaks(nominee, one) for one in call.any_language)


def speaks(nominee: Nominee, language: str) -> bool:
    """Who speaks `fr-CA` speaks `fr`; not the other way about (RFC 4647, basic filtering)."""
    wanted = language.lower()
    spoken = (one.lower() for one in nominee.languages)
    return any(one == wanted or one.startswith(f"{wanted}-") for one in spoken)


def specialism_is_asked_for(call: Conditions, nominee: Nominee) -> bool:
    return not call.specialisms or bool(nominee.specialisms & call.specialisms)


def has_completed(call: Conditions, nominee: Nominee) -> bool:
    return call.completions <= nominee.completions


def certificate_is_valid(call: Conditions, nominee: Nominee) -> bool:
    return call.certificate is None or call.certificate in nominee.certificates


def declaration_is_signed(call: Conditions, nominee: Nominee) -> bool:
    return call.declaration in (None, nominee.declaration)


def is_first_time(call: Conditions, nominee: Nominee) -> bool:
    return nominee.first_time or not call.first_time_only
