"""Carrying an import out: some rows in each transaction, each judged as things stand then.

What can not be done any more is told row by row; what was done before stays done."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from shared.context import Work
from shared.contracts import Event
from shared.ids import new_id
from shared.jobs import TryAgain
from shared.refusals import Refused

from ..calls.deadlines import what_forbids_nominating
from ..commands.nominations import put_forward, submitted
from ..commands.rosters import asked_by
from ..domain.import_states import ImportState
from ..loading import Stored, by_id, several
from ..nominees.officers import keep_officers
from ..roster.rows import RowProblem, from_document
from ..tables import call, import_problem, roster_import, roster_import_row
from .checking import figures_of, judge, keep_verdicts
from .limits import KEPT
from .problems import drop_judgements, keep_problems
from .rows import by_party
from .standing import move_import

row = roster_import_row
TO_BE_WRITTEN = row.c.verdict.in_(("new", "changed"))
WRITTEN = TO_BE_WRITTEN & row.c.person_id.is_not(None)
"""Rows of officers who were erased since are forgotten, and their nominations ended with them."""
CLOSED = "The call takes no nominations any more."
SOME_REFUSED = "some-rows-were-refused"
RESTORED = (
    *("names", "sex", "email", "phone", "language", "wants_sms"),
    *("unit", "unit_name", "rank_title", "rank_band", "specialisms", "languages"),
)


async def write_some(work: Work, imported: Stored, rows: Sequence[Stored]) -> Sequence[Event]:
    """Nominate whom some rows name, as far as that can still be done."""
    held = await by_id(work, call, imported["call_id"])
    wrong = await what_forbids_nominating(work, held)
    if wrong:
        await _refuse(work, imported, rows, wrong)
        return []
    verdicts = await judge(work, imported, held, rows)
    judged = [{**one, "verdict": verdicts.get(one["row"])} for one in rows]
    events: list[Event] = []
    for party, some in by_party(judged).items():
        due = [one for one in some if one["verdict"] in ("new", "changed")]
        if due:
            events += await _write(work, held, party, due)
    await _require_unforgotten(work, imported, rows)
    return events


async def conclude_writing(work: Work, imported: Stored) -> Stored:
    """The import is done, as far as it could be; where nothing could, it is as it was read."""
    figures = await figures_of(work, imported)
    refusal = imported["refusal"]
    if refusal is None and figures["refused"] > imported["figures"]["refused"]:
        refusal = SOME_REFUSED
    told: dict[str, Any] = {"figures": dict(figures), "refusal": refusal}
    if refusal and not await _count_written(work, imported):
        told["confirmed_by"] = None
        return await move_import(work, roster_import, imported, ImportState.READ, **told)
    kept_until = work.now + KEPT
    for table in (row, import_problem):
        mine = table.c.import_id == imported["id"]
        await work.connection.execute(table.update().where(mine).values(kept_until=kept_until))
    told |= {"done_at": work.now, "kept_until": kept_until}
    return await move_import(work, roster_import, imported, ImportState.DONE, **told)


async def _refuse(work: Work, imported: Stored, rows: Sequence[Stored], why: Refused) -> None:
    """The call takes no nominations any more: that is wrong with each row that is left."""
    numbers = [one["row"] for one in rows]
    await drop_judgements(work, imported["id"], numbers)
    problems = [RowProblem(number, None, why.code(), CLOSED) for number in numbers]
    await keep_problems(work, imported["id"], problems, imported["kept_until"], of_call=True)
    await keep_verdicts(work, imported, dict.fromkeys(numbers, "refused"))
    mine = roster_import.c.id == imported["id"]
    await work.connection.execute(roster_import.update().where(mine).values(refusal=why.code()))


async def _write(work: Work, held: Stored, party: str, rows: Sequence[Stored]) -> Sequence[Event]:
    """Keep the officers of some rows, nominate those who are not, and note what was made."""
    asked = {one["row"]: asked_by(from_document(one["officer"]), party) for one in rows}
    described = [one.officer for one in asked.values()]
    officers = await keep_officers(work, party, described, from_file=True)
    put, notes = [], []
    for one in rows:
        reference = one["officer_reference"]
        officer, made = officers.persons[reference], reference in officers.made
        before = officers.before.get(reference)
        nominated = None
        if one["verdict"] == "new":
            nominated = submitted(work, held, new_id(), officer, asked[one["row"]])
            put.append(nominated)
        notes.append(
            {
                "of_import": one["import_id"],
                "at": one["row"],
                "person_id": officer["id"],
                "person_version": officer["version"] if made or before else None,
                "before": as_restored(before) if before else None,
                "nomination_id": nominated["id"] if nominated else None,
            }
        )
    mine = (row.c.import_id == bindparam("of_import")) & (row.c.row == bindparam("at"))
    await work.connection.execute(row.update().where(mine), notes)
    return [*officers.events, *await put_forward(work, held, put)]


async def _require_unforgotten(work: Work, imported: Stored, rows: Sequence[Stored]) -> None:
    """Whoever was erased since these rows were loaded is not made known anew. Raises `TryAgain`."""
    numbers = [one["row"] for one in rows]
    mine = (row.c.import_id == imported["id"]) & row.c.row.in_(numbers)
    if await several(work, select(row.c.row).where(mine, row.c.verdict == "forgotten").limit(1)):
        raise TryAgain("erased-meanwhile")


async def _count_written(work: Work, imported: Stored) -> int:
    counted = select(func.count()).where(row.c.import_id == imported["id"], WRITTEN)
    return int((await work.connection.execute(counted)).scalar_one())


def as_restored(person: Mapping[str, Any]) -> dict[str, Any]:
    """What an import may change of a person, as it was."""
    since = person["serving_since"]
    return {
        **{name: person[name] for name in RESTORED},
        "serving_since": since.isoformat() if since else None,
    }
