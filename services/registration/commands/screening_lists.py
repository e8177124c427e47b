"""Whether nominees are screened, and the lists of them that go to the vetting office."""

import secrets
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from shared.context import Outcome, Work
from shared.contracts.registration import ScreeningStarted
from shared.database import insert_all, take_turns
from shared.jobs import plan
from shared.rights import require_staff
from shared.web.versions import VersionHasMoved

from ..bodies.screening import AskForScreening, ListForScreening
from ..calls.afterwards import weeks_after_the_end
from ..domain.nomination import NominationState, is_final
from ..domain.screening import standing
from ..loading import (
    Stored,
    first,
    hold_calls,
    known_activity,
    known_project,
    several,
)
from ..past.grounds import caller_of
from ..refusals.screening import NobodyToScreen
from ..screening.forgetting import FORGET
from ..screening.standing import days_of, is_asked_for, said
from ..tables import (
    activity,
    nomination,
    project_screening,
    screening,
    screening_list,
    superseded_screening,
)

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGEST_LIST = 20_000
DAYS = ("starts_on", "ends_on")
KNOWN = ("state", "screening_reference", "valid_from", "valid_until")
RUNNING = [str(one) for one in NominationState if not is_final(one)]


async def ask_for_screening(
    work: Work, project_id: UUID, asked: AskForScreening, version: int
) -> Outcome:
    """Have the nominees of a project screened, or no longer; its calls do as it does."""
    await require_staff(work, project_id, "coordinator")
    await known_project(work, project_id)
    await take_turns(work.connection, f"screening {project_id}")
    mine = project_screening.c.project_id == project_id
    kept = await first(work, select(project_screening).where(mine))
    if version != (kept["version"] if kept else 0):
        return VersionHasMoved()
    row = {"project_id": project_id, **asked.model_dump(), "version": version + 1}
    if kept:
        await work.connection.execute(project_screening.update().where(mine).values(**row))
    else:
        await work.connection.execute(project_screening.insert().values(**row))
    return None


async def list_for_screening(
    work: Work, project_id: UUID, list_id: UUID, asked: ListForScreening
) -> Outcome:
    """Put on a list whoever is in the running and was on none, or whose clearance has expired;
    nobody whose activity is over."""
    await require_staff(work, project_id, "coordinator")
    if not await is_asked_for(work, project_id):
        return NobodyToScreen()
    await take_turns(work.connection, f"screening {project_id}")
    due = await _due(work, await _calls_held(work, project_id, asked.call_id))
    if not due:
        return NobodyToScreen()
    made = {
        "id": list_id,
        "project_id": project_id,
        "nominations": len(due),
        "made_at": work.now,
        "made_by": await caller_of(work),
    }
    await work.connection.execute(screening_list.insert().values(**made))
    await _supersede(work, [one for one in due if one["state"] is not None])
    await insert_all(work.connection, screening, [_started(work, list_id, one) for one in due])
    by_call = _by_call(due)
    for call_id, rows in by_call.items():
        planned = await known_activity(work, rows[0]["activity_id"])
        await plan(work, weeks_after_the_end(FORGET, call_id, planned))
    return [
        ScreeningStarted(
            call_id=call_id,
            activity_id=rows[0]["activity_id"],
            project_id=project_id,
            nominations=len(rows),
        )
        for call_id, rows in by_call.items()
    ]


async def _calls_held(work: Work, project_id: UUID, call_id: UUID | None) -> set[UUID]:
    """The calls with somebody in the running, all or the one that is asked for, held."""
    running = (nomination.c.project_id == project_id) & nomination.c.status.in_(RUNNING)
    query = select(nomination.c.call_id).where(running).distinct()
    if call_id is not None:
        query = query.where(nomination.c.call_id == call_id)
    calls = set((await work.connection.execute(query)).scalars())
    await hold_calls(work, calls)
    return calls


async def _due(work: Work, calls: Collection[UUID]) -> list[Stored]:
    query = (
        select(
            nomination,
            *(screening.c[name] for name in KNOWN),
            *(activity.c[name] for name in DAYS),
        )
        .join(activity, activity.c.id == nomination.c.activity_id)
        .outerjoin(screening, screening.c.nomination_id == nomination.c.id)
        .where(nomination.c.call_id.in_(calls), nomination.c.status.in_(RUNNING))
        .where(activity.c.ends_on >= work.now.date())
        .where(or_(screening.c.state.is_(None), screening.c.state.in_(("cleared", "expired"))))
        .order_by(nomination.c.call_id, nomination.c.party, nomination.c.priority)
        .limit(LONGEST_LIST)
    )
    return [one for one in await several(work, query) if _has_to_be_screened(one)]


async def _supersede(work: Work, again: Sequence[Stored]) -> None:
    """Of who is screened anew, the reference of the earlier list is kept, and nothing else."""
    names = ("screening_reference", "project_id")
    old = [{name: one[name] for name in names} for one in again]
    await insert_all(work.connection, superseded_screening, old)
    for at in range(0, len(again), 1000):
        ids = [one["id"] for one in again[at : at + 1000]]
        theirs = screening.c.nomination_id.in_(ids)
        await work.connection.execute(screening.delete().where(theirs))


def _has_to_be_screened(row: Stored) -> bool:
    return row["state"] is None or standing(said(row), days_of(row), asked_for=True) == "expired"


def _started(work: Work, list_id: UUID, row: Stored) -> Stored:
    return {
        "nomination_id": row["id"],
        "call_id": row["call_id"],
        "project_id": row["project_id"],
        "person_id": row["person_id"],
        "list_id": list_id,
        "screening_reference": "S-" + "".join(secrets.choice(LETTERS) for _ in range(10)),
        "state": "pending",
        "started_on": work.now.date(),
        "valid_from": None,
        "valid_until": None,
        "decided_at": None,
    }


def _by_call(rows: list[Stored]) -> dict[UUID, list[Stored]]:
    found: dict[UUID, list[Stored]] = {}
    for row in rows:
        found.setdefault(row["call_id"], []).append(row)
    return found
