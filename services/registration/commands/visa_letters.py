"""A letter of invitation is issued for who has a seat; whoever was told of one that is void hears
of that."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts.registration import (
    VisaLetterAnnounced,
    VisaLetterIssued,
    VisaLetterVoidAnnounced,
    VisaLetterVoided,
)
from shared.papers.paper_number import draw_number
from shared.refusals import Fault
from shared.rights import require_staff

from ..bodies.follow_ups import FillFollowUp, Passport, VisaLetter
from ..bodies.visa_letters import IssueVisaLetter
from ..domain.nomination import NominationState
from ..facts import visa_letter_fact
from ..loading import (
    Stored,
    by_id,
    first,
    has_begun,
    known_activity,
    known_project,
    locked_nomination,
    parties,
)
from ..papers.visa_letter import VisaLetterPaper
from ..refusals.calls import ActivityIsOver
from ..refusals.visa_letters import (
    DetailsAreMissing,
    IssuingBodyIsMissing,
    LetterIsNotAsked,
    OfficerHoldsNoSeat,
)
from ..seats.follow_up_data import details_of
from ..seats.visa_letters import REISSUED, keep_letter, void_letters, write_of_letter
from ..tables import follow_up, nomination, person, visa_letter


async def issue_letter(
    work: Work, nomination_id: UUID, letter_id: UUID, asked: IssueVisaLetter
) -> Outcome:
    """Issue a letter for an officer who holds a seat and asked for one, in place of any other."""
    kept = await by_id(work, nomination, nomination_id)
    await require_staff(work, kept["project_id"], "coordinator")
    nominated, held = await locked_nomination(work, nomination_id)
    activity = await known_activity(work, held["activity_id"])
    if nominated["status"] != NominationState.CONFIRMED:
        return OfficerHoldsNoSeat()
    if has_begun(work, activity):
        return ActivityIsOver()
    form = await _form_of(work, nomination_id)
    details = await _details(work, form)
    paper = await _paper(work, asked, nominated, held, activity, details)
    await void_letters(work, visa_letter.c.nomination_id == nomination_id, REISSUED)
    row = _row(work, letter_id, nominated, form["recipient_id"], paper)
    await keep_letter(work, row, paper)
    issued = visa_letter_fact(VisaLetterIssued, row)
    return [issued, *await write_of_letter(work, VisaLetterAnnounced, row)]


async def tell_of_void_letter(work: Work, letter_id: UUID) -> Outcome:
    """Say that a letter is void, to whoever was told of it; of one in whose place another came,
    they heard with that."""
    row = await by_id(work, visa_letter, letter_id)
    if await work.erased(row["person_id"]):
        return None
    voided = visa_letter_fact(VisaLetterVoided, row)
    if row["void_reason"] == REISSUED:
        return [voided]
    return [voided, *await write_of_letter(work, VisaLetterVoidAnnounced, row)]


async def _form_of(work: Work, nomination_id: UUID) -> Stored:
    """The form of an officer that asks for a letter. Raises `LetterIsNotAsked`."""
    form = await first(work, select(follow_up).where(follow_up.c.nomination_id == nomination_id))
    if form is None or "visa_letter" not in form["asks"]:
        raise LetterIsNotAsked
    return form


async def _details(work: Work, form: Stored) -> tuple[Passport, VisaLetter]:
    """What stands in the letter of it. Raises `DetailsAreMissing`, `LetterIsNotAsked`."""
    told = await details_of(work, form["nomination_id"]) or FillFollowUp()
    if told.visa_letter and not told.visa_letter.needed:
        raise LetterIsNotAsked
    if told.passport and told.visa_letter:
        return told.passport, told.visa_letter
    parts = {"passport": told.passport, "visa_letter": told.visa_letter}
    missing = [name for name, part in parts.items() if part is None]
    raise DetailsAreMissing(faults=[Fault(name, "missing", "it is missing") for name in missing])


async def _paper(
    work: Work,
    asked: IssueVisaLetter,
    nominated: Stored,
    held: Stored,
    activity: Stored,
    details: tuple[Passport, VisaLetter],
) -> VisaLetterPaper:
    """Everything that is printed. Raises `IssuingBodyIsMissing`, `NotYetKnown`."""
    body = (await known_project(work, held["project_id"]))["issuing_body"]
    if not body:
        raise IssuingBodyIsMissing
    officer = await by_id(work, person, nominated["person_id"])
    passport, visa = details
    countries = [one for one in (passport.country, activity["country"]) if one]
    known = await parties(work, [nominated["party"], *countries])
    return VisaLetterPaper(
        languages=asked.languages,
        number=draw_number(),
        check_url=work.links.page("check"),
        issued_on=work.now.astimezone(ZoneInfo(activity["zone"])).date(),
        issuing_body=body,
        officer=_names(officer),
        party=known[nominated["party"]]["names"],
        born_on=visa.born_on,
        birthplace=visa.birthplace or "",
        passport_number=passport.number,
        passport_country=passport.country,
        passport_expires_on=passport.expires_on,
        consulate=visa.consulate or "",
        activity=activity["names"],
        reference=activity["reference"],
        first_day=activity["starts_on"],
        last_day=activity["ends_on"],
        city=activity["city"],
        country=activity["country"],
        countries={code: known[code]["names"] for code in countries if code in known},
        costs=held["costs"] or {},
        signatory=asked.signatory.name if asked.signatory else None,
        role=asked.signatory.role if asked.signatory else {},
        specimen=work.context.clock.is_story,
    )


def _names(officer: Stored) -> list[tuple[str, str]]:
    """As in the passport, where it is said which names stand there."""
    names = officer["names"]
    chosen = [name for name in names if name.get("on_passport")] or names
    return [(name["script"], f"{name['given']} {name['family']}") for name in chosen]


def _row(
    work: Work, letter_id: UUID, nominated: Stored, recipient_id: UUID, paper: VisaLetterPaper
) -> dict[str, Any]:
    same = ("call_id", "activity_id", "project_id", "person_id", "party")
    return {
        **{name: nominated[name] for name in same},
        "id": letter_id,
        "nomination_id": nominated["id"],
        "recipient_id": recipient_id,
        "languages": list(paper.languages),
        "number": paper.number,
        "issued_at": work.now,
        "void_at": None,
        "void_reason": None,
    }
