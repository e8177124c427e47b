"""Whether a nomination fits its call: named rules, each with the reason a focal point reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Conditions:
    """What a call asks of a nomination. An empty set of units or sexes asks nothing.

    `most_nominations` is given per party; a party without an entry may nominate any number."""

    parties: frozenset[str]
    units: frozenset[str] = frozenset()
    sexes: frozenset[str] = frozenset()
    most_nominations: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Nominee:
    """`nominated_before` counts the party's other nominations for the call that still stand."""

    party: str
    unit: str
    sex: str
    nominated_before: int


@dataclass(frozen=True)
class Rule:
    name: str
    reason: str
    holds: Callable[[Conditions, Nominee], bool]


def party_is_invited(call: Conditions, nominee: Nominee) -> bool:
    return nominee.party in call.parties


def unit_is_required(call: Conditions, nominee: Nominee) -> bool:
    return not call.units or nominee.unit in call.units


def sex_is_allowed(call: Conditions, nominee: Nominee) -> bool:
    return not call.sexes or nominee.sex in call.sexes


def party_has_room(call: Conditions, nominee: Nominee) -> bool:
    most = call.most_nominations.get(nominee.party)
    return most is None or nominee.nominated_before < most


RULES: tuple[Rule, ...] = (
    Rule("party-invited", "The call invites the party.", party_is_invited),
    Rule("unit-required", "The officer serves in a unit the call asks for.", unit_is_required),
    Rule("sex-allowed", "The call is open to officers of this sex.", sex_is_allowed),
    Rule(
        "party-maximum",
        "The party has not yet nominated as many officers as the call allows it.",
        party_has_room,
    ),
)


def failed_rules(call: Conditions, nominee: Nominee) -> tuple[str, ...]:
    """The names of the rules that do not hold, in the order of `RULES`; empty: eligible."""
    return tuple(rule.name for rule in RULES if not rule.holds(call, nominee))


def reason_for(name: str) -> str:
    """What the rule of this name asks for. Raises KeyError for a name that is no rule."""
    return {rule.name: rule.reason for rule in RULES}[name]
