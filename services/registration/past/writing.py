"""Recording the participations of a file, some rows in each transaction, and taking them back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration import ParticipationRecorded, ParticipationWithdrawn
from shared.database import insert_all
from shared.ids import new_id
from shared.jobs import TryAgain, plan

from ..domain.import_states import ImportState
from ..facts import participation_fact
from ..imports.problems import keep_problems
from ..imports.standing import forget_rows, move_import, next_step
from ..loading import Stored, persons, several
from ..roster.rows import Fault
from ..tables import history_import, history_row, participation, person
from .grounds import recorded_where
from .kept_rows import past_row
from .matching import recorded_as
from .officers import Officers, officers_of
from .rows import PastRow

FORGET = "forget_persons_of_history"
LEFT_OUT = ("absent", "faulty")
NOT_KNOWN = Fault(
    "officer-not-known", "Nobody here is known so, and the row was left out. Say who it is."
)
COUNTED = ("recorded", "officers_created", "known_already", "left_out")


async def write_some(work: Work, imported: Stored, rows: Sequence[Stored]) -> Sequence[Event]:
    """Record what some rows say, of those who are known and of whom that is not recorded yet."""
    wanted = [one for one in rows if one["decision"] != "leave_out"]
    taken = [one for one in wanted if one["state"] not in LEFT_OUT]
    language = imported["asked"]["language"]
    officers = await officers_of(work, imported["id"], taken, language)
    new = await _new(work, imported["id"], taken, officers)
    await insert_all(work.connection, participation, new)
    unknown = [one["row"] for one in taken if officers.of_row(one["row"]) is None]
    await _keep_whose(work, imported["id"], taken, officers)
    problems = [NOT_KNOWN.at(number) for number in unknown]
    await keep_problems(work, imported["id"], problems, imported["kept_until"])
    await _require_unforgotten(work, imported["id"], rows)
    of_somebody = len(taken) - len(unknown)
    counted = Counter(
        recorded=len(new),
        officers_created=len(officers.created),
        known_already=of_somebody - len(new),
        left_out=len(rows) - of_somebody,
    )
    await _count(work, imported, counted)
    told = [
        participation_fact(ParticipationRecorded, one, officers.persons[one["person_id"]])
        for one in new
    ]
    return [*officers.events, *told]


async def conclude_writing(work: Work, imported: Stored) -> Stored:
    """All is recorded; nothing of the rows and headings is kept."""
    await forget_rows(work, history_row, imported["id"])
    done = {"headings": [], "settled_at": work.now}
    return await move_import(work, history_import, imported, ImportState.DONE, **done)


async def undo_some(work: Work, _imported: Stored, rows: Sequence[Stored]) -> Sequence[Event]:
    """Some participations count no more."""
    mine = participation.c.id.in_([one["id"] for one in rows])
    ended = {"withdrawn_at": work.now, "version": participation.c.version + 1}
    await work.connection.execute(participation.update().where(mine).values(**ended))
    whose = await persons(work, {one["person_id"] for one in rows})
    return [
        participation_fact(
            ParticipationWithdrawn, {**one, "withdrawn_at": work.now}, whose[one["person_id"]]
        )
        for one in rows
    ]


async def conclude_undoing(work: Work, imported: Stored) -> Stored:
    """Nothing of the import counts any more; whom it made known is forgotten by a job, where
    nothing else is about them."""
    await plan(work, next_step(work, FORGET, imported))
    undone = {"headings": [], "undone_at": work.now}
    return await move_import(work, history_import, imported, ImportState.UNDONE, **undone)


async def _new(
    work: Work, import_id: UUID, rows: Sequence[Stored], officers: Officers
) -> list[Stored]:
    """The participations that are not recorded yet, neither by an earlier row."""
    whose = {one["row"]: found["id"] for one in rows if (found := officers.of_row(one["row"]))}
    recorded = set(await recorded_where(work, person.c.id.in_(set(whose.values()))))
    created = {one["id"] for one in officers.created}
    new: list[Stored] = []
    for number, said in ((one["row"], past_row(one)) for one in rows if one["row"] in whose):
        known = recorded_as(said, whose[number])
        if not recorded & {known, (known[0], known[1], None)}:
            recorded.add(known)
            made = whose[number] in created
            created.discard(whose[number])
            new.append(_participation(import_id, said, whose[number], made_person=made))
    return new


def _participation(import_id: UUID, said: PastRow, person_id: UUID, *, made_person: bool) -> Stored:
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
        "made_person": made_person,
        "withdrawn_at": None,
        "version": 1,
    }


async def _keep_whose(
    work: Work, import_id: UUID, rows: Sequence[Stored], officers: Officers
) -> None:
    """Note whose rows are: a later row may be of the same."""
    found = {one["row"]: officers.of_row(one["row"]) for one in rows}
    whose = [{"number": at, "person_id": one["id"]} for at, one in found.items() if one]
    if whose:
        mine = (history_row.c.import_id == import_id) & (history_row.c.row == bindparam("number"))
        await work.connection.execute(history_row.update().where(mine), whose)


async def _require_unforgotten(work: Work, import_id: UUID, rows: Sequence[Stored]) -> None:
    """Whoever was erased since these rows were loaded is not made known anew. Raises `TryAgain`."""
    numbers = [one["row"] for one in rows]
    mine = (history_row.c.import_id == import_id) & history_row.c.row.in_(numbers)
    if len(await several(work, select(history_row.c.row).where(mine))) < len(numbers):
        raise TryAgain("erased-meanwhile")


async def _count(work: Work, imported: Stored, counted: Mapping[str, int]) -> None:
    before = imported["result"] or {}
    result = {name: before.get(name, 0) + counted[name] for name in COUNTED}
    mine = history_import.c.id == imported["id"]
    await work.connection.execute(history_import.update().where(mine).values(result=result))
