"""Nominations of a call: one by one, by roster, as a list and as a file; and what follows."""

import asyncio
import hashlib
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from fastapi.responses import Response as Answer
from pydantic import BaseModel

from shared.context import Audited, Work
from shared.contracts.event import LANGUAGES
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.spreadsheet import as_csv
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.body import JsonBody, read_body
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..bodies.nominations import NominateOfficer, ReplaceNominee
from ..bodies.seats import AnswerOffer
from ..commands import (
    answers,
    nominations,
    replacements,
    rosters,
    seats,
)
from ..nominees.spreadsheet import rows_of
from ..queries import nominations as queries
from ..queries.nominations import NominationShown, NomineeShown
from ..refusals.calls import ActivityIsOver, CallHasEnded, CallIsClosed
from ..refusals.changes import CutOffHasPassed
from ..refusals.nominations import (
    AlreadyNominated,
    NominationHasMoved,
    OfficerIsNotEligible,
    PriorityIsTaken,
    RosterIsNotValid,
    RosterIsTooLarge,
)
from ..refusals.people import PhoneIsNotValid
from ..refusals.quotas import SeatWouldBreakQuota
from ..refusals.screening import SeatCannotBeOfferedNow
from ..refusals.seats import AnswerIsTheOfficers, OfferIsNotLive
from ..roster.reading import MOST_BYTES, read_for
from .wording import words_of_nominees

routes = router()
OF_OFFICERS = (AlreadyNominated, PriorityIsTaken, OfficerIsNotEligible, PhoneIsNotValid)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class RosterTaken(BaseModel):
    """What became of a roster."""

    rows: int
    nominated: int
    late: int = 0
    """Nominated after the deadline: they come after all who were in time."""
    unchanged: int
    details_changed: int
    encoding: str
    delimiter: str


@routes.post(
    "/calls/{call_id}/nominations",
    status_code=201,
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(NotFound, CallHasEnded, CallIsClosed, NotYetKnown, *OF_OFFICERS),
)
async def nominate_officer(
    asked: AskedBy,
    call_id: UUID,
    nominated: Annotated[NominateOfficer, Depends(JsonBody(NominateOfficer))],
) -> Response:
    """Put an officer forward (focal point of the party, coordinator).

    After the deadline only where the call takes it: `late`, and after all who were in time.
    """
    nomination_id = new_id()
    return await asked.perform(
        partial(
            nominations.nominate_officer,
            call_id=call_id,
            nomination_id=nomination_id,
            asked=nominated,
        ),
        audited=Audited("nominate-officer", f"nomination/{nomination_id}"),
        show=partial(queries.show_nomination, nomination_id=nomination_id),
        status=201,
    )


@routes.get("/calls/{call_id}/nominations", tags=["nominations"], responses=documented(NotFound))
async def list_nominations(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[NomineeShown]:
    """The nominees of a call; a focal point sees its own, auditors read coded data only."""
    return await asked.read(partial(queries.list_nominees, call_id=call_id, place=place))


@routes.get(
    "/calls/{call_id}/nominations.csv",
    tags=["nominations"],
    response_class=Answer,
    responses={**documented(NotFound), 200: {"content": {"text/csv": {}}}},
)
async def export_nominations(
    asked: AskedBy, call_id: UUID, lang: Annotated[str, Query(max_length=10)] = ""
) -> Answer:
    """The nominees of a call as a file for a spreadsheet; for auditors with coded data only.

    Heading and cells hold codes, or with `lang` (ar, en, es, fr) words.
    """
    nominees = await asked.read(partial(queries.all_nominees, call_id=call_id))
    headers = {"Content-Disposition": f'attachment; filename="nominations-{call_id}.csv"'}
    words = next((words_of_nominees(asked, one) for one in LANGUAGES if one == lang), None)
    content = as_csv(rows_of(nominees, words))
    return Answer(content, headers=headers, media_type="text/csv; charset=utf-8")


@routes.post(
    "/calls/{call_id}/rosters",
    status_code=201,
    tags=["nominations"],
    response_model=RosterTaken,
    responses=documented(
        NotFound,
        CallHasEnded,
        CallIsClosed,
        NotYetKnown,
        OfficerIsNotEligible,
        RosterIsNotValid,
        RosterIsTooLarge,
    ),
    openapi_extra=FILE,
)
async def upload_roster(
    asked: AskedBy, call_id: UUID, party: Annotated[str, Query(max_length=20)]
) -> Response:
    """Nominate all officers of a CSV file or a workbook (.xlsx), or none; the same file again
    changes nothing."""
    length = asked.request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MOST_BYTES:
        raise RosterIsTooLarge
    content = await read_body(asked.request)
    if len(content) > MOST_BYTES:
        raise RosterIsTooLarge
    return await take_roster(asked, call_id, party, content)


async def take_roster(asked: Asked, call_id: UUID, party: str, content: bytes) -> Response:
    """Read a roster with no transaction open, then nominate its officers."""
    nominating = await asked.read(partial(rosters.nominating_for, call_id=call_id, party=party))
    roster = await asyncio.to_thread(read_for, content, nominating)
    digest = hashlib.sha256(content).hexdigest()

    async def show(work: Work) -> RosterTaken:
        answer = await rosters.uploaded(work, call_id, party, digest)
        return RosterTaken.model_validate(answer)

    return await asked.perform(
        partial(
            rosters.nominate_roster, call_id=call_id, party=party, digest=digest, roster=roster
        ),
        audited=Audited("upload-roster", f"call/{call_id}"),
        show=show,
        status=201,
    )


@routes.post(
    "/nominations/{nomination_id}/answer",
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(NotFound, OfferIsNotLive, AnswerIsTheOfficers, SeatCannotBeOfferedNow),
)
async def answer_for_officer(
    asked: AskedBy,
    nomination_id: UUID,
    answered: Annotated[AnswerOffer, Depends(JsonBody(AnswerOffer))],
) -> Response:
    """Answer an offer for an officer who is written to through the focal point."""
    return await asked.perform(
        partial(answers.answer_for_officer, nomination_id=nomination_id, answer=answered.answer),
        audited=Audited(f"{answered.answer}-offer", f"nomination/{nomination_id}"),
        show=partial(queries.show_nomination, nomination_id=nomination_id),
    )


@routes.post(
    "/nominations/{nomination_id}/withdrawal",
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(NotFound, NominationHasMoved, ActivityIsOver, CutOffHasPassed),
)
async def withdraw_nomination(asked: AskedBy, nomination_id: UUID) -> Response:
    """Take a nomination back; a seat it held is offered to the next.

    After the day that the call names, a focal point asks a coordinator to give a seat back.
    """
    return await asked.perform(
        partial(seats.withdraw_nomination, nomination_id=nomination_id),
        audited=Audited("withdraw-nomination", f"nomination/{nomination_id}"),
        show=partial(queries.show_nomination, nomination_id=nomination_id),
    )


@routes.post(
    "/nominations/{nomination_id}/replacement",
    status_code=201,
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(
        NotFound,
        NominationHasMoved,
        ActivityIsOver,
        CutOffHasPassed,
        SeatWouldBreakQuota,
        SeatCannotBeOfferedNow,
        NotYetKnown,
        *OF_OFFICERS,
    ),
)
async def replace_nominee(
    asked: AskedBy,
    nomination_id: UUID,
    replaced: Annotated[ReplaceNominee, Depends(JsonBody(ReplaceNominee))],
) -> Response:
    """Give a seat to another officer of the same party; answers with the new nomination."""
    return await asked.perform(
        partial(replacements.replace_nominee, nomination_id=nomination_id, asked=replaced),
        audited=Audited("replace-nominee", f"nomination/{nomination_id}"),
        show=partial(queries.show_replacement, replaced_id=nomination_id),
        status=201,
    )
