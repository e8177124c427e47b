"""Past participations are imported once it is confirmed, and taken back as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import ParticipationRecorded, ParticipationWithdrawn
from shared.database import insert_all, lock_row
from shared.ids import new_id
from shared.jobs import Later, cancel, plan
from shared.refusals import Fault, Refused
from shared.rights import require_role

from ..bodies.history import ConfirmHistory
from ..facts import participation_fact
from ..loading import (
    Stored,
    by_id,
    persons,
    several,
)
from ..past.grounds import (
    caller_of,
    grounds_for,
    import_seen,
    open_import,
)
from ..past.kept_rows import (
    drop_rows,
    faults_in,
    past_row,
    rows_of,
)
from ..past.layout import Layout
from ..past.matching import recorded_as
from ..past.officers import officers_of
from ..past.rows import PastRow
from ..refusals.history import (
    ImportIsSettled,
    LayoutIsUndecided,
    OfficersAreUndecided,
    RowsAreFaulty,
)
from ..tables import history_import, participation
from .history_imports import DROP, remember_layout
from .history_persons import FORGET_CREATED

LEFT_OUT = ("absent", "faulty")


async def confirm_import(work: Work, import_id: UUID, asked: ConfirmHistory) -> Outcome:
    """Record the participations of a file, as they were previewed and decided."""
    kept = await open_import(work, import_id)
    rows = await rows_of(work, import_id)
    wrong = _what_is_wrong(kept, rows, asked)
    if wrong:
        return wrong
    wanted = [one for one in rows if one["decision"] != "leave_out"]
    taken = [one for one in wanted if one["state"] not in LEFT_OUT]
    officers = await officers_of(work, taken, asked.create_officers)
    recorded = set((await grounds_for(work, kept["scope"])).recorded)
    new: list[Stored] = []
    for row in taken:
        whose = officers.of_row(row["row"])
        if whose is None:
            continue
        said = past_row(row)
        known = recorded_as(said, whose["id"])
        if not recorded & {known, (known[0], known[1], None)}:
            recorded.add(known)
            new.append(_participation(import_id, said, whose["id"]))
    await insert_all(work.connection, participation, new)
    result = {
        "recorded": len(new),
        "officers_created": len(officers.created),
        "known_already": sum(officers.of_row(one["row"]) is not None for one in taken) - len(new),
        "left_out": len(rows) - sum(officers.of_row(one["row"]) is not None for one in taken),
    }
    created = [str(one["id"]) for one in officers.created]
    await _settle(work, kept, "imported", result=result, created=created)
    layout = Layout.from_json(kept["layout"])
    await remember_layout(work, kept["scope"], kept["layout_digest"], layout)
    told = [
        participation_fact(ParticipationRecorded, one, officers.persons[one["person_id"]])
        for one in new
    ]
    return [*officers.events, *told]


async def withdraw_import(work: Work, import_id: UUID) -> Outcome:
    """Take an import back as a whole: drop a file that waits; of one that was imported, nothing
    counts any more, and officers made known by it are forgotten, soon after, where nothing else is
    known of them."""
    await require_role(work, "coordinator", "focal_point")
    await lock_row(work.connection, history_import, id=import_id)
    kept = await import_seen(work, import_id)
    if kept["state"] == "read":
        await _settle(work, kept, "dropped")
        return None
    if kept["state"] != "imported":
        return ImportIsSettled()
    mine = (participation.c.import_id == import_id) & participation.c.withdrawn_at.is_(None)
    rows = await several(work, select(participation).where(mine).with_for_update())
    ended = {"withdrawn_at": work.now, "version": participation.c.version + 1}
    await work.connection.execute(participation.update().where(mine).values(**ended))
    whose = await persons(work, {one["person_id"] for one in rows})
    told: list[Event] = [
        participation_fact(
            ParticipationWithdrawn, {**one, "withdrawn_at": work.now}, whose[one["person_id"]]
        )
        for one in rows
    ]
    undone = {"state": "undone", "undone_at": work.now, "undone_by": await caller_of(work)}
    await _change(work, kept, undone)
    if kept["created"]:
        payload = {"import_id": str(import_id)}
        await plan(work, Later(FORGET_CREATED, str(import_id), payload, work.now))
    return told


async def drop_import(work: Work, import_id: UUID) -> Outcome:
    """A file that nobody decided about in time is not kept."""
    await lock_row(work.connection, history_import, id=import_id)
    kept = await by_id(work, history_import, import_id)
    if kept["state"] == "read":
        await _settle(work, kept, "dropped")
    return None


def _what_is_wrong(kept: Stored, rows: Sequence[Stored], asked: ConfirmHistory) -> Refused | None:
    if kept["questions"]:
        return LayoutIsUndecided(faults=[_question(one) for one in kept["questions"]])
    due = [one for one in rows if one["decision"] != "leave_out"]
    faulty = [one for one in due if one["state"] == "faulty"]
    if faulty and not asked.leave_out_faulty:
        return RowsAreFaulty(faults=faults_in(faulty))
    undecided = [one for one in due if one["state"] == "suggested" and not one["decision"]]
    message = "somebody known may be meant: say who it is"
    faults = [Fault(f"row {one['row']}", "officer-undecided", message) for one in undecided]
    if not asked.create_officers:
        message = "this officer is to be made known: say create_officers"
        new = [one for one in due if one["decision"] == "new"]
        faults += [Fault(f"row {one['row']}", "officer-to-create", message) for one in new]
    return OfficersAreUndecided(faults=faults) if faults else None


def _question(kept: Mapping[str, Any]) -> Fault:
    place = f"column {kept['column']}" if kept["column"] else "file"
    return Fault(place, kept["code"], kept["message"])


def _participation(import_id: UUID, said: PastRow, person_id: UUID) -> Stored:
    return {
        "id": new_id(),
        "person_id": person_id,
        "source": "import",
        "activity_id": None,
        "code": said.code,
        "title": said.title,
        "topic": said.topic,
        "held_on": said.held_on,
        "outcome": said.outcome,
        "import_id": import_id,
        "row": said.row,
        "withdrawn_at": None,
        "version": 1,
    }


async def _settle(work: Work, kept: Stored, state: str, **told: Any) -> None:
    """An import is concluded: nothing of its rows and headings is kept."""
    await drop_rows(work, kept["id"])
    await cancel(work, DROP, str(kept["id"]))
    who = await caller_of(work)
    settled = {"state": state, "headings": [], "settled_at": work.now, "settled_by": who}
    await _change(work, kept, {**settled, **told})


async def _change(work: Work, kept: Stored, values: Mapping[str, Any]) -> None:
    mine = history_import.c.id == kept["id"]
    moved = history_import.update().where(mine).values(**values, version=kept["version"] + 1)
    await work.connection.execute(moved)
