"""Letters of invitation, in support of a visa: issued, shown, and checked by anybody."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.sealing import SealDoesNotOpen
from shared.web.api import router
from shared.web.asked import AskedBy, AskedByLink
from shared.web.body import JsonBody
from shared.web.checks import TooManyChecks, WithinReason
from shared.web.papers import pdf_answer
from shared.web.problems import documented

from ..bodies.visa_letters import CheckVisaLetter, IssueVisaLetter
from ..commands import visa_letters
from ..papers.visa_letter import VisaLetterPaper
from ..queries import visa_letters as queries
from ..queries.visa_letters import LetterChecked, VisaLetterShown
from ..refusals.calls import ActivityIsOver
from ..refusals.visa_letters import (
    DetailsAreMissing,
    IssuingBodyIsMissing,
    LetterIsNotAsked,
    LetterIsVoid,
    OfficerHoldsNoSeat,
)

routes = router()
ADDRESS = "/nominations/{nomination_id}/visa-letter"
NO_LETTER = (OfficerHoldsNoSeat, LetterIsNotAsked, DetailsAreMissing, IssuingBodyIsMissing)


@routes.post(
    ADDRESS,
    status_code=201,
    tags=["visa letters"],
    response_model=VisaLetterShown,
    responses=documented(NotFound, *NO_LETTER, ActivityIsOver, SealDoesNotOpen, NotYetKnown),
)
async def issue_letter(
    asked: AskedBy,
    nomination_id: UUID,
    letter: Annotated[IssueVisaLetter, Depends(JsonBody(IssueVisaLetter))],
) -> Response:
    """Issue a letter of invitation for an officer with a seat who asked for one (coordinator).

    The officer and the focal points are told; a letter issued before is void from then on.
    """
    act = partial(
        visa_letters.issue_letter, nomination_id=nomination_id, letter_id=new_id(), asked=letter
    )
    return await asked.perform(
        act,
        audited=Audited("issue-visa-letter", f"nomination/{nomination_id}"),
        show=partial(queries.show_letter, nomination_id=nomination_id),
        status=201,
    )


@routes.get(ADDRESS, tags=["visa letters"], responses=documented(NotFound))
async def show_letter(asked: AskedBy, nomination_id: UUID) -> VisaLetterShown:
    """The letter issued last for an officer, and whether it stands; not what is printed in it."""
    return await asked.read(partial(queries.show_letter, nomination_id=nomination_id))


@routes.get(
    ADDRESS + "/paper",
    tags=["visa letters"],
    response_class=Response,
    responses={
        **documented(NotFound, LetterIsVoid, SealDoesNotOpen),
        200: {"content": {"application/pdf": {}}},
    },
)
async def show_paper(asked: AskedBy, nomination_id: UUID) -> Response:
    """The letter as a PDF, for coordinators, and for the focal point who told the details: the
    audit says who read it."""
    query = partial(queries.letter_paper, nomination_id=nomination_id)
    return await letter_answer(await asked.read(query, on_record=True))


@routes.post("/visa-letters/check", tags=["visa letters"], responses=documented(TooManyChecks))
async def check(
    asked: AskedByLink,
    _: WithinReason,
    letter: Annotated[CheckVisaLetter, Depends(JsonBody(CheckVisaLetter))],
) -> LetterChecked:
    """Does a letter with this number and family name stand? (public, rate-limited)"""
    return await asked.read(partial(queries.check_letter, asked=letter))


async def letter_answer(paper: VisaLetterPaper) -> Response:
    """Typeset."""
    content = await asyncio.to_thread(_set, paper)
    return pdf_answer(content, f"invitation-{paper.number}.pdf")


def _set(paper: VisaLetterPaper) -> bytes:
    """What that takes is loaded when somebody first asks for it."""
    from ..papers.letter_typesetting import visa_letter_pdf  # noqa: PLC0415

    return visa_letter_pdf(paper)
