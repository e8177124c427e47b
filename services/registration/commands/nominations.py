"""Nominating one officer (focal point of the party, coordinator)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import NominationSubmitted
from shared.database import insert_all
from shared.refusals import Fault, NotFound, Refused
from shared.rights import require_channel

from ..bodies.nominations import NominateOfficer
from ..calls.conditions import (
    Record,
    conditions_of,
    nominee,
    records_of,
)
from ..calls.deadlines import is_late, what_forbids_nominating
from ..calls.quotas import invited, quotas_of
from ..domain.eligibility import failed_rules, reason_for
from ..domain.nomination import NO_LONGER_STANDING, NominationState
from ..domain.ordering import lot
from ..facts import nomination_fact
from ..loading import (
    Stored,
    by_id,
    locked_call,
    several,
)
from ..nominees.declarations import declared
from ..nominees.moves import move_all
from ..nominees.officers import keep_officers
from ..refusals.nominations import AlreadyNominated, OfficerIsNotEligible, PriorityIsTaken
from ..seats.freed import offer_free_seats
from ..selecting.candidates import candidate
from ..selecting.how_made import why_not_in_pool
from ..tables import call, nomination

AS_SUBMITTED = ("officer_reference", "sex", "unit", "rank_band", "specialisms", "serving_since")


async def nominate_officer(
    work: Work, call_id: UUID, nomination_id: UUID, asked: NominateOfficer
) -> Outcome:
    """A party puts an officer forward, before the deadline or, where the call allows it, late."""
    held = await call_open_to(work, call_id, asked.party)
    if isinstance(held, Refused):
        return held
    standing = await standing_of_party(work, call_id, asked.party)
    wrong = await what_is_wrong(work, held, asked, standing)
    if wrong:
        return wrong
    officers = await keep_officers(work, asked.party, [asked.officer])
    officer = officers.persons[asked.officer.officer_reference]
    row = submitted(work, held, nomination_id, officer, asked)
    return [*officers.events, *await put_forward(work, held, [row])]


async def call_open_to(work: Work, call_id: UUID, party: str) -> Stored | Refused:
    """A call that still takes nominations of a party for whom the caller nominates."""
    kept = await by_id(work, call, call_id)
    await require_channel(work, kept["project_id"], party)
    held = await locked_call(work, call_id)
    if party not in invited(await quotas_of(work, call_id)):
        is_of_the_party = work.actor.role in ("focal_point", "outsider")
        return NotFound() if is_of_the_party else not_eligible(["party-invited"])
    return await what_forbids_nominating(work, held) or held


async def put_forward(work: Work, held: Stored, rows: Sequence[Stored]) -> list[Event]:
    """Keep new nominations. Once the selection was made they wait behind all who were in time, and
    the seats that nobody has are looked at."""
    if held["selected_at"] is not None:
        why = await why_not_in_pool(work, held)
        rows = [{**row, "outcome_reason": why} for row in rows]
    await insert_all(work.connection, nomination, rows)
    put: list[Event] = [nomination_fact(NominationSubmitted, row) for row in rows]
    if held["selected_at"] is None or not rows:
        return put
    waitlisted = await move_all(work, rows, NominationState.WAITLISTED)
    return [*put, *waitlisted, *await offer_free_seats(work, held)]


async def standing_of_party(work: Work, call_id: UUID, party: str) -> list[Stored]:
    """The party's nominations in a call that were not taken back or replaced."""
    query = select(nomination).where(
        nomination.c.call_id == call_id,
        nomination.c.party == party,
        nomination.c.status.not_in(NO_LONGER_STANDING),
    )
    return await several(work, query)


async def what_is_wrong(
    work: Work, held: Stored, asked: NominateOfficer, standing: Collection[Stored]
) -> Refused | None:
    """Why this officer can not be nominated with this priority, if so."""
    reference = asked.officer.officer_reference
    if any(one["officer_reference"] == reference for one in standing):
        return AlreadyNominated()
    if any(one["priority"] == asked.priority for one in standing):
        return PriorityIsTaken()
    rules = await conditions_of(work, held)
    record = (await records_of(work, rules, asked.party, [reference])).get(reference, Record())
    described = nominee(
        work,
        asked.party,
        asked.officer,
        record,
        before=len(standing),
        declaration=asked.declaration,
    )
    failed = failed_rules(rules, described)
    return not_eligible(failed) if failed else None


def not_eligible(failed: Sequence[str]) -> OfficerIsNotEligible:
    """The refusal that names the rules which do not hold."""
    return OfficerIsNotEligible(faults=[Fault("officer", one, reason_for(one)) for one in failed])


def submitted(
    work: Work, held: Stored, nomination_id: UUID, officer: Stored, asked: NominateOfficer
) -> dict[str, Any]:
    """The row of a new nomination; what is known of the officer now is kept as it is."""
    row = {
        "id": nomination_id,
        "call_id": held["id"],
        "activity_id": held["activity_id"],
        "project_id": held["project_id"],
        "person_id": officer["id"],
        "party": asked.party,
        **as_submitted(officer),
        **declared(asked.declaration),
        "priority": asked.priority,
        "status": "submitted",
        "late": is_late(work, held),
        "submitted_at": work.now,
        "confirmed_at": None,
        "reason_code": None,
        "version": 1,
    }
    return {**row, "lot": lot(held["reference"], candidate(row))}


def as_submitted(officer: Stored) -> dict[str, Any]:
    """What of an officer stands on the nomination itself, as it is known now."""
    return {
        **{name: officer[name] for name in AS_SUBMITTED},
        "languages": list(dict.fromkeys((officer["language"], *officer["languages"]))),
    }
