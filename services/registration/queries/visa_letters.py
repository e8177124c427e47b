"""Letters of invitation: where one stands, what is printed in it, and whether it may be relied
on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Audited, Work, record
from shared.contracts.event import Language
from shared.links import LinkIsNotValid
from shared.papers.family_name import NOBODY, same_family_name
from shared.papers.paper_number import normalised_number
from shared.refusals import NotFound

from ..bodies.visa_letters import CheckVisaLetter
from ..loading import Stored, by_id, first, known_activity, persons, required
from ..papers.visa_letter import VisaLetterPaper
from ..refusals.visa_letters import LetterIsVoid
from ..rights import require_party_seen
from ..seats.visa_letters import PURPOSE, open_letter
from ..tables import nomination, person, visa_letter


class VisaLetterShown(BaseModel):
    """The letter of invitation of an officer that was issued last, and where it stands."""

    id: UUID
    nomination_id: UUID
    party: str
    languages: list[Language]
    number: str
    issued_at: datetime
    void_at: datetime | None
    void_reason: str | None


class LetterChecked(BaseModel):
    """Whether a letter may be relied on."""

    answer: Literal["yes", "no", "void"]


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What the holder of the link sees."""

    letter: Stored
    activity: Stored
    language: Language
    officer_reference: str | None

    @property
    def is_void(self) -> bool:
        """It does not stand any more, or nothing of it is kept."""
        return self.letter["sealed"] is None


async def show_letter(work: Work, nomination_id: UUID) -> VisaLetterShown:
    """The letter that stands, else the last. Raises `NotFound`, for another party's as well."""
    row = await _letter_of(work, nomination_id)
    await require_party_seen(work, row["project_id"], row["party"])
    return VisaLetterShown(**row)


async def letter_paper(work: Work, nomination_id: UUID) -> VisaLetterPaper:
    """What is printed in it, for coordinators, and for the focal point who told the details; on
    record. Raises `NotFound`, `LetterIsVoid`, `SealDoesNotOpen`."""
    row = await _letter_of(work, nomination_id)
    await require_party_seen(work, row["project_id"], row["party"])
    through = row["recipient_id"] != row["person_id"]
    role = work.actor.role
    if role not in ("admin", "coordinator") and not (role == "focal_point" and through):
        raise NotFound
    return await _opened(work, row)


async def letter_page(work: Work, code: str) -> LetterPage:
    """The letter behind a link, void ones too. Raises `LinkIsNotValid`, `LinkHasExpired`."""
    identity = work.links.check(PURPOSE, code, work.now)
    row = await first(work, select(visa_letter).where(visa_letter.c.id == identity))
    if row is None or await work.erased(row["person_id"]):
        raise LinkIsNotValid
    nominated = await by_id(work, nomination, row["nomination_id"])
    known = await persons(work, [row["recipient_id"]])
    return LetterPage(
        letter=row,
        activity=await known_activity(work, row["activity_id"]),
        language=known[row["recipient_id"]]["language"],
        officer_reference=(
            None if row["recipient_id"] == row["person_id"] else nominated["officer_reference"]
        ),
    )


async def letter_behind_link(work: Work, code: str) -> VisaLetterPaper:
    """What is printed in it, on record. Raises `LetterIsVoid` as well, and `SealDoesNotOpen`."""
    return await _opened(work, (await letter_page(work, code)).letter)


async def check_letter(work: Work, asked: CheckVisaLetter) -> LetterChecked:
    """An unknown number and a wrong name take the same way to the same answer; a letter is void
    with its activity over."""
    number = normalised_number(asked.number)
    row = await first(work, select(visa_letter).where(visa_letter.c.number == (number or "")))
    names = await _family_names(work, row) if row else NOBODY
    matches = same_family_name(asked.family_name, names)
    if row is None or not matches:
        return LetterChecked(answer="no")
    activity = await known_activity(work, row["activity_id"])
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    over = activity["state"] != "planned" or activity["ends_on"] < today
    return LetterChecked(answer="void" if over or row["void_at"] else "yes")


async def _family_names(work: Work, row: Stored) -> tuple[str, ...]:
    officer = await by_id(work, person, row["person_id"])
    return tuple(name["family"] for name in officer["names"]) or NOBODY


async def _letter_of(work: Work, nomination_id: UUID) -> Stored:
    """The letter that stands, else the last one that did."""
    mine = select(visa_letter).where(visa_letter.c.nomination_id == nomination_id)
    newest = (visa_letter.c.void_at.is_not(None), visa_letter.c.issued_at.desc())
    return await required(work, mine.order_by(*newest).limit(1))


async def _opened(work: Work, row: Stored) -> VisaLetterPaper:
    if row["sealed"] is None:
        raise LetterIsVoid
    paper = open_letter(work, row)
    await record(work, Audited("read-visa-letter", f"nomination/{row['nomination_id']}"), "done")
    return paper
