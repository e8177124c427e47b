"""Runs of the selection as coordinators and auditors see them: coded, with how each came about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..board.loading import reviewer_here
from ..loading import Stored, by_id, several
from ..personal import BLANK
from ..rights import sees_persons
from ..selecting.candidates import pool_of
from ..selecting.panel_documents import chosen_ids
from ..selecting.runs import overrides_of
from ..tables import nomination, selection_run
from .held_seats import require_whole_call_seen


class NomineeChosen(BaseModel):
    """One of those whom a run proposes."""

    nomination_id: UUID
    party: str
    officer_reference: str | None
    sex: str
    unit: str
    priority: int
    score: int | None
    """The board's, exact: so many of `parts_of_a_point`, as the board shows them."""


class OverrideShown(BaseModel):
    """What somebody changed in a proposal."""

    number: int
    leaves: UUID | None
    comes: UUID | None
    missed: list[str]
    """The quotas missed then, as dimension, value and bound."""
    reason: str | None
    made_by: str
    made_at: datetime


class SelectionRunShown(BaseModel):
    """A run of the selection. Who made it and who approved it stand as the digests of their
    sign-in."""

    id: UUID
    call_id: UUID
    number: int
    method: str
    state: str
    pool_digest: str | None
    pool_stands: bool | None = None
    """Whether the nominations are still those it was computed from; null where that is past."""
    progress: dict[str, Any]
    failure: dict[str, Any] | None
    published_digest: str | None = None
    """Of a lottery: the SHA-256 of what its draw is made from."""
    least_chance: str | None = None
    """Of a lottery: the least chance of anybody who has one, as a fraction; no lottery has more."""
    fairest_within: str | None = None
    """Of a lottery: by what part of the fairest, at most, any other chance is less than that."""
    chosen: list[NomineeChosen] = []
    waiting: int = 0
    overrides: list[OverrideShown] = []
    made_by: str
    made_at: datetime
    started_at: datetime | None
    computed_at: datetime | None
    approved_by: str | None
    approved_at: datetime | None
    ended_at: datetime | None
    version: int


async def show_run(work: Work, run_id: UUID) -> SelectionRunShown:
    """One run, with the panel it proposes. Raises `NotFound` for who sees one party only,
    but not for who chairs the board."""
    run = await by_id(work, selection_run, run_id)
    await require_run_seen(work, run)
    overrides = await overrides_of(work, run_id)
    chosen = chosen_ids(run, overrides)
    everyone = len(_ids(run, "chosen")) + len(_ids(run, "waiting"))
    return SelectionRunShown(
        **_plain(run),
        pool_stands=await _pool_stands(work, run),
        published_digest=(run["result"] or {}).get("published_digest"),
        least_chance=(run["result"] or {}).get("least"),
        fairest_within=(run["result"] or {}).get("within"),
        chosen=await _chosen(work, run["call_id"], chosen),
        waiting=everyone - len(chosen),
        overrides=[
            OverrideShown(**one, leaves=one["leaves_id"], comes=one["comes_id"])
            for one in overrides
        ],
    )


async def require_run_seen(work: Work, run: Stored) -> None:
    """Raises `NotFound` for who neither chairs the board nor sees every party."""
    mine = await reviewer_here(work, run["call_id"])
    if mine is None or not mine["chairs"]:
        await require_whole_call_seen(work, run["call_id"])


async def list_runs(work: Work, call_id: UUID, place: Place) -> Listed[SelectionRunShown]:
    """The runs of a call without their panels. Raises `NotFound` for who sees one party only."""
    await require_whole_call_seen(work, call_id)
    query = select(selection_run).where(selection_run.c.call_id == call_id)
    order = [selection_run.c.number]
    return await listed(work.connection, query, place, order=order, show=_listed)


async def _chosen(work: Work, call_id: UUID, ids: frozenset[UUID]) -> list[NomineeChosen]:
    if not ids:
        return []
    query = select(nomination).where(nomination.c.call_id == call_id)
    ordered = query.order_by(nomination.c.party, nomination.c.priority, nomination.c.id)
    rows = await several(work, ordered)
    hidden = {} if sees_persons(work) else BLANK
    return [
        NomineeChosen(**{**row, **hidden}, nomination_id=row["id"])
        for row in rows
        if row["id"] in ids
    ]


async def _pool_stands(work: Work, run: Stored) -> bool | None:
    if run["state"] not in ("published", "proposed", "approved"):
        return None
    return bool((await pool_of(work, run["call_id"])).digest == run["pool_digest"])


def _ids(run: Stored, name: str) -> Sequence[str]:
    found: Sequence[str] = (run["result"] or {}).get(name, ())
    return found


def _plain(run: Stored) -> Stored:
    return {name: run[name] for name in run if name in SelectionRunShown.model_fields}


def _listed(row: Any) -> SelectionRunShown:
    return SelectionRunShown(**_plain(dict(row._mapping)))
