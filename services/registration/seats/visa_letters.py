"""Letters of invitation of officers with a seat: kept sealed, made void, told of."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

from shared.context import Work
from shared.contracts.registration import NomineeNotice
from shared.focal_points import focal_points
from shared.jobs import Later, plan
from shared.sealing import Seals

from ..calls.deadlines import end_of_day
from ..loading import Stored, by_id, known_activity, several
from ..nominees.notices import tell
from ..papers.visa_letter import VisaLetterPaper
from ..tables import call, follow_up, nomination, visa_letter

N = TypeVar("N", bound=NomineeNotice)
PURPOSE = "visa-letter"
TELL_OF_VOID = "tell_of_void_letter"
SEAT_ENDED, DETAILS_CHANGED, REISSUED = "seat_ended", "details_changed", "reissued"


async def keep_letter(work: Work, row: dict[str, Any], paper: VisaLetterPaper) -> None:
    """The letter, with what stands in it sealed; the officer's form says that there is one."""
    sealed = _seals(work).seal(row["id"], paper.model_dump_json().encode())
    await work.connection.execute(visa_letter.insert().values(**row, sealed=sealed))
    await _note(work, row["nomination_id"], "issued")


def open_letter(work: Work, row: Stored) -> VisaLetterPaper:
    """What stands in a letter that is kept. Raises `SealDoesNotOpen`."""
    return VisaLetterPaper.model_validate_json(_seals(work).open(row["id"], row["sealed"]))


async def void_letters(work: Work, which: ColumnElement[bool], reason: str) -> bool:
    """Letters that stand do no more; what stood in them is not kept, and whoever was told of them
    is told of that as well. Whether there were any."""
    found = await several(work, select(visa_letter).where(which, visa_letter.c.void_at.is_(None)))
    for row in found:
        void = {"void_at": work.now, "void_reason": reason, "sealed": None}
        mine = visa_letter.c.id == row["id"]
        await work.connection.execute(visa_letter.update().where(mine).values(**void))
        await _note(work, row["nomination_id"], "void")
        payload = {"letter_id": str(row["id"])}
        later = Later(TELL_OF_VOID, str(row["id"]), payload, work.now, row["person_id"])
        await plan(work, later)
    return bool(found)


async def forget_letters(work: Work, which: ColumnElement[bool]) -> None:
    """Keep nothing of what stood in letters; that there were some stays."""
    await work.connection.execute(visa_letter.update().where(which).values(sealed=None))


async def write_of_letter(work: Work, kind: type[N], row: Stored) -> list[N]:
    """Whoever answers for the officer, with the link to the letter; and the focal points, who are
    led to the call."""
    nominated = await by_id(work, nomination, row["nomination_id"])
    held = await by_id(work, call, row["call_id"])
    activity = await known_activity(work, row["activity_id"])
    points = await focal_points(work, row["project_id"], [row["party"]])
    others = [one for one in points.get(row["party"], ()) if one != row["recipient_id"]]
    expires = end_of_day(activity["ends_on"], activity["zone"]).instant
    link = work.links.make(PURPOSE, row["id"], expires)
    to_officer = row["recipient_id"] == row["person_id"]
    named = None if to_officer else nominated["officer_reference"]
    return [
        *await tell(
            work, kind, held, nominated, [row["recipient_id"]], officer_reference=named, link=link
        ),
        *await tell(work, kind, held, nominated, others),
    ]


async def _note(work: Work, nomination_id: UUID, state: str) -> None:
    mine = follow_up.c.nomination_id == nomination_id
    noted = {"visa_letter": state, "version": follow_up.c.version + 1}
    await work.connection.execute(follow_up.update().where(mine).values(**noted))


def _seals(work: Work) -> Seals:
    return work.links.seals(PURPOSE)
