"""What was submitted is put right: one nomination, or the order of a party's list."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from shared.context import Audited
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..bodies.nominations import CorrectNomination, RankNominations
from ..commands import corrections
from ..queries import nominations as queries
from ..queries.nominations import NominationShown, NomineeShown
from ..queries.rankings import RankingShown, show_ranking
from ..refusals.calls import CallHasEnded, CallIsClosed
from ..refusals.nominations import (
    AlreadyNominated,
    CorrectionNamesAnother,
    NominationHasMoved,
    OfficerIsNotEligible,
    PriorityIsTaken,
    RankingIsNotWhole,
)
from ..refusals.people import PhoneIsNotValid

routes = router()
VERSIONED = (VersionIsMissing, VersionHasMoved)


@routes.get("/nominations/{nomination_id}", tags=["nominations"], responses=documented(NotFound))
async def show_nomination(asked: AskedBy, nomination_id: UUID, response: Response) -> NomineeShown:
    """One nomination with its officer; auditors read coded data only."""
    shown = await asked.read(partial(queries.show_nominee, nomination_id=nomination_id))
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.put(
    "/nominations/{nomination_id}",
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(
        NotFound,
        CallHasEnded,
        CallIsClosed,
        NominationHasMoved,
        CorrectionNamesAnother,
        AlreadyNominated,
        PriorityIsTaken,
        OfficerIsNotEligible,
        PhoneIsNotValid,
        *VERSIONED,
    ),
)
async def correct_nomination(
    asked: AskedBy,
    nomination_id: UUID,
    corrected: Annotated[CorrectNomination, Depends(JsonBody(CorrectNomination))],
) -> Response:
    """Put a nomination right while nominations are taken (focal point)."""
    act = partial(
        corrections.correct_nomination,
        nomination_id=nomination_id,
        asked=corrected,
        version=asked.expected_version,
    )
    return await asked.perform(
        act,
        audited=Audited("correct-nomination", f"nomination/{nomination_id}"),
        show=partial(queries.show_nomination, nomination_id=nomination_id),
    )


@routes.get("/calls/{call_id}/ranking", tags=["nominations"], responses=documented(NotFound))
async def show_party_ranking(
    asked: AskedBy, call_id: UUID, party: Annotated[str, Query(max_length=20)], response: Response
) -> RankingShown:
    """The nominations of a party that are in the running, in its own order."""
    shown = await asked.read(partial(show_ranking, call_id=call_id, party=party))
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.put(
    "/calls/{call_id}/ranking",
    tags=["nominations"],
    response_model=RankingShown,
    responses=documented(
        NotFound, CallHasEnded, CallIsClosed, OfficerIsNotEligible, RankingIsNotWhole, *VERSIONED
    ),
)
async def rank_nominations(
    asked: AskedBy,
    call_id: UUID,
    ranked: Annotated[RankNominations, Depends(JsonBody(RankNominations))],
) -> Response:
    """Put all nominations of a party in order at once while nominations are taken (focal point)."""
    act = partial(
        corrections.rank_nominations,
        call_id=call_id,
        asked=ranked,
        version=asked.expected_version,
    )
    return await asked.perform(
        act,
        audited=Audited("rank-nominations", f"call/{call_id}"),
        show=partial(show_ranking, call_id=call_id, party=ranked.party),
    )
