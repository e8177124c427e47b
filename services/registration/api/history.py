"""Past participations: what officers took part in, put right and taken back."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.refusals import NotAllowed, NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.history import CorrectParticipation, WithdrawParticipation
from ..commands import participations
from ..queries import history as queries
from ..queries.history import ParticipationShown
from ..refusals.history import (
    ParticipationIsNotOurs,
    ParticipationSaysNothing,
    ParticipationWasWithdrawn,
)

routes = router()
VERSIONED = (VersionIsMissing, VersionHasMoved)


@routes.get("/persons/{person_id}/participations", tags=["history"], responses=documented(NotFound))
async def list_participations(
    asked: AskedBy, person_id: UUID, place: Paged
) -> Listed[ParticipationShown]:
    """What an officer took part in, here and as imported, with where that is known from."""
    return await asked.read(partial(queries.list_participations, person_id=person_id, place=place))


@routes.get("/participations/{participation_id}", tags=["history"], responses=documented(NotFound))
async def show_participation(
    asked: AskedBy, participation_id: UUID, response: Response
) -> ParticipationShown:
    """One participation."""
    found = await asked.read(partial(queries.show_participation, participation_id=participation_id))
    response.headers["ETag"] = f'"{found.version}"'
    return found


@routes.put(
    "/participations/{participation_id}",
    tags=["history"],
    response_model=ParticipationShown,
    responses=documented(
        NotFound,
        NotAllowed,
        ParticipationIsNotOurs,
        ParticipationWasWithdrawn,
        ParticipationSaysNothing,
        *VERSIONED,
    ),
)
async def correct_participation(
    asked: AskedBy,
    participation_id: UUID,
    corrected: Annotated[CorrectParticipation, Depends(JsonBody(CorrectParticipation))],
) -> Response:
    """Put right what an imported participation says, with the reason."""
    version = asked.expected_version
    return await asked.perform(
        partial(
            participations.correct_participation,
            participation_id=participation_id,
            asked=corrected,
            version=version,
        ),
        audited=Audited("correct-participation", f"participation/{participation_id}"),
        show=partial(queries.show_participation, participation_id=participation_id),
    )


@routes.post(
    "/participations/{participation_id}/withdrawal",
    tags=["history"],
    response_model=ParticipationShown,
    responses=documented(NotFound, NotAllowed, ParticipationIsNotOurs, ParticipationWasWithdrawn),
)
async def withdraw_participation(
    asked: AskedBy,
    participation_id: UUID,
    withdrawn: Annotated[WithdrawParticipation, Depends(JsonBody(WithdrawParticipation))],
) -> Response:
    """Have an imported participation count no more, with the reason."""
    return await asked.perform(
        partial(
            participations.withdraw_participation,
            participation_id=participation_id,
            reason=withdrawn.reason,
        ),
        audited=Audited("withdraw-participation", f"participation/{participation_id}"),
        show=partial(queries.show_participation, participation_id=participation_id),
    )
