"""Putting right what was submitted: one nomination, or the order of a party's list."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.refusals import Fault, Refused
from shared.rights import require_channel
from shared.web.versions import VersionHasMoved

from ..bodies.nominations import CorrectNomination, NominateOfficer, RankNominations
from ..calls.deadlines import is_frozen, is_late, what_forbids_nominating
from ..domain.nomination import NominationState, is_final
from ..loading import (
    Stored,
    by_id,
    locked_nomination,
    several,
)
from ..nominees.declarations import declaration_of, declared
from ..nominees.moves import put_right, rank_anew
from ..nominees.officers import keep_officers
from ..refusals.calls import CallIsClosed
from ..refusals.nominations import CorrectionNamesAnother, NominationHasMoved, RankingIsNotWhole
from ..tables import nomination
from .nominations import (
    as_submitted,
    call_open_to,
    standing_of_party,
    what_is_wrong,
)
from .returns import what_forbids_correcting


async def correct_nomination(
    work: Work, nomination_id: UUID, asked: CorrectNomination, version: int
) -> Outcome:
    """A focal point puts a nomination right while nominations are taken."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    nominated, held = await locked_nomination(work, nomination_id)
    if nominated["version"] != version:
        return VersionHasMoved()
    wrong = await _not_open(work, nominated, held)
    return wrong or await correct(work, nominated, held, asked)


async def correct(work: Work, nominated: Stored, held: Stored, asked: CorrectNomination) -> Outcome:
    """Describe the officer of a nomination rightly. Raises `CorrectionNamesAnother`."""
    party, reference = nominated["party"], asked.officer.officer_reference
    if reference != nominated["officer_reference"]:
        return CorrectionNamesAnother()
    standing = await standing_of_party(work, held["id"], party)
    others = [one for one in standing if one["id"] != nominated["id"]]
    said = NominateOfficer(
        party=party,
        officer=asked.officer,
        priority=asked.priority or nominated["priority"],
        declaration=asked.declaration or declaration_of(nominated),
    )
    wrong = await what_is_wrong(work, held, said, others)
    if wrong:
        return wrong
    officers = await keep_officers(work, party, [asked.officer])
    officer = officers.persons[reference]
    if officer["id"] != nominated["person_id"]:
        raise CorrectionNamesAnother
    changed = {**as_submitted(officer), "priority": said.priority, **declared(said.declaration)}
    return [*officers.events, *await put_right(work, nominated, changed)]


async def rank_nominations(
    work: Work, call_id: UUID, asked: RankNominations, version: int
) -> Outcome:
    """A focal point puts the nominations of its party in order while nominations are taken.

    Who is not in the running any more, though still on the list, comes behind.
    """
    held = await call_open_to(work, call_id, asked.party)
    if isinstance(held, Refused):
        return held
    if is_late(work, held):
        return CallIsClosed()
    if version != await version_of_ranking(work, call_id, asked.party):
        return VersionHasMoved()
    standing = await standing_of_party(work, call_id, asked.party)
    running = in_the_running(standing)
    wrong = _not_whole(asked.nominations, {row["id"] for row in running})
    if wrong:
        return wrong
    rest = sorted((row for row in standing if row not in running), key=lambda row: row["priority"])
    order = [*asked.nominations, *(row["id"] for row in rest)]
    priorities = {identity: place for place, identity in enumerate(order, start=1)}
    return await rank_anew(work, standing, priorities)


def in_the_running(standing: Sequence[Stored]) -> list[Stored]:
    """The nominations that may still get a seat, in the order of the party."""
    running = [row for row in standing if not is_final(NominationState(row["status"]))]
    return sorted(running, key=lambda row: row["priority"])


async def version_of_ranking(work: Work, call_id: UUID, party: str) -> int:
    """Grows with every change of a party's nominations in a call, for none is ever deleted."""
    mine = (nomination.c.call_id == call_id) & (nomination.c.party == party)
    return sum(
        row["version"] for row in await several(work, select(nomination.c.version).where(mine))
    )


async def _not_open(work: Work, nominated: Stored, held: Stored) -> Refused | None:
    """What was submitted in time is put right in time; what was late, while that is taken."""
    if nominated["status"] == NominationState.RETURNED:
        return await what_forbids_correcting(work, nominated)
    if nominated["status"] != NominationState.SUBMITTED:
        return NominationHasMoved(f"it is {nominated['status']}")
    if is_frozen(work, held, nominated):
        return CallIsClosed()
    return await what_forbids_nominating(work, held)


def _not_whole(named: Sequence[UUID], running: set[UUID]) -> RankingIsNotWhole | None:
    seen: set[UUID] = set()
    faults = []
    for place, identity in enumerate(named):
        if identity not in running or identity in seen:
            code = "repeated" if identity in seen else "not-in-the-running"
            faults.append(Fault(f"nominations.{place}", code, code.replace("-", " ")))
        seen.add(identity)
    missing = len(running - seen)
    if missing:
        faults.append(Fault("nominations", "missing", f"{missing} are not named"))
    return RankingIsNotWhole(faults=faults) if faults else None
