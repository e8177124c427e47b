"""Whether an officer could be nominated, rule by rule, before anybody is."""

from uuid import UUID

from pydantic import BaseModel

from shared.context import Work
from shared.refusals import NotFound
from shared.rights import require_channel

from ..bodies.nominations import CheckOfficer
from ..calls.conditions import (
    Record,
    conditions_of,
    nominee,
    records_of,
)
from ..commands.nominations import standing_of_party
from ..domain.eligibility import RULES
from ..loading import by_id
from ..tables import call
from .calls import Say


class RuleChecked(BaseModel):
    """A rule by which the call asks something, and whether it holds for an officer."""

    name: str
    reason: str
    holds: bool


class EligibilityShown(BaseModel):
    """Whether every rule of a call holds for an officer."""

    call_id: UUID
    eligible: bool
    rules: list[RuleChecked]


async def check_officer(
    work: Work, call_id: UUID, asked: CheckOfficer, say: Say = str
) -> EligibilityShown:
    """Hold the rules of a call to an officer, and nominate nobody. Raises `NotFound` where the
    call does not invite the party of a focal point."""
    kept = await by_id(work, call, call_id)
    await require_channel(work, kept["project_id"], asked.party)
    rules = await conditions_of(work, kept)
    if asked.party not in rules.parties and work.actor.role == "focal_point":
        raise NotFound
    reference = asked.officer.officer_reference
    records = await records_of(work, rules, asked.party, [reference] if reference else [])
    standing = await standing_of_party(work, call_id, asked.party)
    described = nominee(
        work,
        asked.party,
        asked.officer,
        records.get(reference or "", Record()),
        before=sum(one["officer_reference"] != reference for one in standing),
        declaration=asked.declaration,
    )
    checked = [
        RuleChecked(name=one.name, reason=say(one.reason), holds=one.holds(rules, described))
        for one in RULES
        if one.asks(rules)
    ]
    eligible = all(one.holds for one in checked)
    return EligibilityShown(call_id=call_id, eligible=eligible, rules=checked)
