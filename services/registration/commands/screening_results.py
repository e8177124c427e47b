"""What the vetting office says is taken, all of a file or nothing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import ScreeningDecided
from shared.database import take_turns
from shared.jobs import Later, plan
from shared.rights import require_staff

from ..imports.problems import faults_of
from ..loading import (
    Stored,
    first,
    has_begun,
    hold_calls,
    known_activity,
    locked_call,
    several,
)
from ..past.grounds import caller_of
from ..refusals.screening import GroundsAreNotTaken, ResultsAreNotValid
from ..roster.rows import RowProblem
from ..screening.results import GROUNDS_HERE, ResultRow, Results
from ..seats.freed import offer_free_seats
from ..tables import (
    project_screening,
    screening,
    screening_result,
    superseded_screening,
)
from .screening_ends import EXPIRE_CLEARANCE

SUPERSEDED = "superseded"
UNKNOWN = "This reference was on no list of the project."


async def check_results(work: Work, project_id: UUID, found: Results) -> dict[str, Any]:
    """What would become of a file. Raises what is wrong with it."""
    await require_staff(work, project_id, "coordinator")
    known = await _known(work, project_id)
    _require_clean(found, known)
    return _answer(found, known)


async def take_results(work: Work, project_id: UUID, digest: str, found: Results) -> Outcome:
    """Note what is said of each reference; the same file again changes nothing. Where a seat of a
    call is free already, it goes to who is cleared now."""
    await require_staff(work, project_id, "coordinator")
    await take_turns(work.connection, f"screening {project_id}")
    before = await answer_to(work, project_id, digest)
    if before:
        await _note_repeated(work, project_id, digest, before)
        return None
    known = await _known(work, project_id)
    _require_clean(found, known)
    present = [one for one in found.rows if known[one.reference]["state"] != SUPERSEDED]
    await hold_calls(work, {known[one.reference]["call_id"] for one in present})
    known = await _known(work, project_id)  # meanwhile somebody may have been erased
    changed = [one for one in found.rows if _differs(one, known[one.reference])]
    for one in changed:
        await _note(work, known[one.reference], one)
    row = {
        "project_id": project_id,
        "digest": digest,
        "answer": _answer(found, known),
        "taken_at": work.now,
        "taken_by": await caller_of(work),
    }
    await work.connection.execute(screening_result.insert().values(**row))
    return await _tell(work, [known[one.reference] for one in changed])


async def answer_to(work: Work, project_id: UUID, digest: str) -> dict[str, Any] | None:
    """What the same file was answered the last time."""
    mine = (screening_result.c.project_id == project_id) & (screening_result.c.digest == digest)
    found = await first(work, select(screening_result.c.answer).where(mine))
    return found["answer"] if found else None


async def _note_repeated(work: Work, project_id: UUID, digest: str, before: dict[str, Any]) -> None:
    """The same file again: what it decided is unchanged by it."""
    same = {**before, "decided": 0, "unchanged": before["decided"] + before["unchanged"]}
    mine = (screening_result.c.project_id == project_id) & (screening_result.c.digest == digest)
    await work.connection.execute(screening_result.update().where(mine).values(answer=same))


async def _known(work: Work, project_id: UUID) -> Mapping[str, Stored]:
    """Who was put on a list of the project, by reference; of earlier lists no more than that."""
    validity = select(project_screening.c.valid_days).where(
        project_screening.c.project_id == project_id
    )
    days = (await work.connection.execute(validity)).scalar_one_or_none()
    query = select(screening).where(screening.c.project_id == project_id)
    old = select(superseded_screening).where(superseded_screening.c.project_id == project_id)
    superseded = {
        one["screening_reference"]: {"state": SUPERSEDED} for one in await several(work, old)
    }
    return superseded | {
        one["screening_reference"]: {**one, "valid_days": days}
        for one in await several(work, query)
    }


def _require_clean(found: Results, known: Mapping[str, Stored]) -> None:
    if found.grounds:
        grounds = [GROUNDS_HERE.at(0, str(one)) for one in found.grounds]
        raise GroundsAreNotTaken(faults=faults_of(grounds))
    strangers = [
        RowProblem(one.row, "reference", "reference-unknown", UNKNOWN)
        for one in found.rows
        if one.reference not in known
    ]
    problems = sorted([*found.problems, *strangers], key=lambda one: one.row)
    if problems:
        raise ResultsAreNotValid(faults=faults_of(problems))


def _answer(found: Results, known: Mapping[str, Stored]) -> dict[str, Any]:
    changed = [one for one in found.rows if _differs(one, known[one.reference])]
    return {
        "rows": len(found.rows) + found.waiting,
        "decided": len(changed),
        "unchanged": len(found.rows) - len(changed),
        "waiting": found.waiting,
        "dropped_columns": found.dropped,
    }


def _differs(one: ResultRow, kept: Stored) -> bool:
    """Whether it says something new; nothing is new of who was forgotten, or is
    on a later list."""
    if kept["state"] in ("forgotten", SUPERSEDED):
        return False
    before = (kept["state"], kept["valid_from"], kept["valid_until"])
    return before != (one.result, one.valid_from, _last_day(one, kept))


def _last_day(one: ResultRow, kept: Stored) -> date | None:
    """Until when a clearance holds: as the result says, else for the days that the project says."""
    if one.result == "not_cleared" or one.valid_until or kept["valid_days"] is None:
        return one.valid_until
    begins: date = one.valid_from or kept["started_on"]
    return begins + timedelta(days=kept["valid_days"])


async def _note(work: Work, kept: Stored, one: ResultRow) -> None:
    until = _last_day(one, kept)
    values = {
        "state": one.result,
        "valid_from": one.valid_from,
        "valid_until": until,
        "decided_at": work.now,
    }
    mine = screening.c.nomination_id == kept["nomination_id"]
    await work.connection.execute(screening.update().where(mine).values(**values))
    if one.result == "cleared" and until is not None:
        payload = {"nomination_id": str(kept["nomination_id"]), "valid_until": until.isoformat()}
        due = datetime.combine(until + timedelta(days=1), time(), UTC)
        key = f"{kept['nomination_id']} {until}"
        await plan(work, Later(EXPIRE_CLEARANCE, key, payload, due, kept["person_id"]))


async def _tell(work: Work, changed: Sequence[Stored]) -> list[Event]:
    """That results came in for a call, in numbers; and the seats that may be given now."""
    events: list[Event] = []
    for call_id in sorted({one["call_id"] for one in changed}):
        held = await locked_call(work, call_id)
        events.append(
            ScreeningDecided(
                call_id=call_id,
                activity_id=held["activity_id"],
                project_id=held["project_id"],
                nominations=sum(one["call_id"] == call_id for one in changed),
            )
        )
        begun = has_begun(work, await known_activity(work, held["activity_id"]))
        if held["selected_at"] is not None and not begun:
            events += await offer_free_seats(work, held)
    return events
