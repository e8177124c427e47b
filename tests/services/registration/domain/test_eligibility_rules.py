"""Every rule that a nomination fails is named, with a reason to read."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registration.domain.conditions import Conditions, Nominee, years_served
from services.registration.domain.eligibility import RULES, failed_rules, reason_for

CALL = Conditions(
    parties=frozenset({"JO", "EG"}),
    units=frozenset({"immigration"}),
    sexes=frozenset({"female", "male", "not_stated"}),
    most_nominations={"JO": 5},
)
OFFICER = Nominee(party="JO", unit="immigration", sex="female", nominated_before=4)


def test_an_officer_who_fits_fails_no_rule() -> None:
    failed = failed_rules(CALL, OFFICER)

    assert failed == ()


def test_each_rule_is_named_when_it_fails() -> None:
    women_only = replace(CALL, sexes=frozenset({"female"}))

    failures = [
        failed_rules(CALL, replace(OFFICER, party="LB")),
        failed_rules(CALL, replace(OFFICER, unit="training")),
        failed_rules(women_only, replace(OFFICER, sex="male")),
        failed_rules(CALL, replace(OFFICER, nominated_before=5)),
    ]

    assert failures == [
        ("party-invited",),
        ("unit-required",),
        ("sex-allowed",),
        ("party-maximum",),
    ]


def test_all_failed_rules_are_told_at_once() -> None:
    stranger = Nominee(party="LB", unit="training", sex="female", nominated_before=99)

    failed = failed_rules(CALL, stranger)

    assert failed == ("party-invited", "unit-required")


def test_what_a_call_does_not_ask_for_binds_nobody() -> None:
    open_call = Conditions(parties=frozenset({"JO"}))

    failed = failed_rules(open_call, replace(OFFICER, unit="other", nominated_before=99))

    assert failed == ()


def test_every_rule_has_a_reason() -> None:
    reasons = [reason_for(rule.name) for rule in RULES]

    assert all(reasons)


EXPERIENCED = Nominee(
    party="JO",
    unit="immigration",
    sex="female",
    nominated_before=0,
    rank_band="mid",
    serving_since=date(2008, 6, 24),
    languages=frozenset({"ar", "fr-CA"}),
    specialisms=frozenset({"biometrics", "training"}),
    completions=frozenset({"AMM-2017-01"}),
    certificates=frozenset({"AMM-2017-01"}),
    declaration="2018-1",
    first_time=False,
)


@pytest.mark.parametrize(
    ("rule", "kept", "missed"),
    [
        ("rank-band-allowed", {"rank_bands": {"mid", "senior"}}, {"rank_bands": {"junior"}}),
        ("years-of-service", {"years_minimum": 10}, {"years_minimum": 11}),
        ("years-of-service", {"years_maximum": 10}, {"years_maximum": 9}),
        ("languages-spoken", {"all_languages": {"ar", "fr"}}, {"all_languages": {"ar", "en"}}),
        ("language-spoken", {"any_language": {"en", "FR"}}, {"any_language": {"en", "fr-TN"}}),
        ("specialism-required", {"specialisms": {"training"}}, {"specialisms": {"ncb"}}),
        ("completions-required", {"completions": {"AMM-2017-01"}}, {"completions": {"AMM-1"}}),
        ("certificate-valid", {"certificate": "AMM-2017-01"}, {"certificate": "AMM-1"}),
        ("declaration-signed", {"declaration": "2018-1"}, {"declaration": "2018-2"}),
        ("first-time-only", {"first_time_only": False}, {"first_time_only": True}),
    ],
)
def test_a_rule_holds_and_fails_by_what_the_call_asks(
    rule: str, kept: dict[str, Any], missed: dict[str, Any]
) -> None:
    asks, asks_more = (a_call_that_asks(**asked) for asked in (kept, missed))

    assert failed_rules(asks, EXPERIENCED) == ()
    assert failed_rules(asks_more, EXPERIENCED) == (rule,)


def test_who_does_not_say_since_when_has_no_years_of_service() -> None:
    call = a_call_that_asks(years_minimum=0)

    failed = failed_rules(call, replace(EXPERIENCED, serving_since=None))

    assert failed == ("years-of-service",)


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(2008, 6, 24), date(2018, 6, 23), 9),
        (date(2008, 6, 24), date(2018, 6, 24), 10),
        (date(2008, 2, 29), date(2018, 2, 28), 9),
        (date(2008, 2, 29), date(2018, 3, 1), 10),
        (date(2019, 1, 1), date(2018, 6, 24), -1),
    ],
)
def test_years_of_service_are_whole_years(since: date, on: date, years: int) -> None:
    assert years_served(since, on) == years


def test_a_rule_says_what_a_call_asks_in_codes() -> None:
    call = a_call_that_asks(years_minimum=2, all_languages={"fr", "ar"}, certificate="AMM-1")

    asked = {rule.name: rule.asks(call) for rule in RULES if rule.asks(call)}

    assert asked == {
        "party-invited": {"parties": ["JO"]},
        "years-of-service": {"years_minimum": 2},
        "languages-spoken": {"all_languages": ["ar", "fr"]},
        "certificate-valid": {"certificate": "AMM-1", "certificate_years": None},
    }


def a_call_that_asks(**asked: Any) -> Conditions:
    """A call to one party for a day in June; sets may be given as such."""
    frozen: dict[str, Any] = {
        name: frozenset(one) if isinstance(one, set) else one for name, one in asked.items()
    }
    return Conditions(parties=frozenset({"JO"}), first_day=date(2018, 6, 24), **frozen)
