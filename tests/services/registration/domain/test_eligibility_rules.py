"""Every rule that a nomination fails is named, with a reason to read."""

from dataclasses import replace

from services.registration.domain.eligibility import (
    RULES,
    Conditions,
    Nominee,
    failed_rules,
    reason_for,
)

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
