"""A lottery in the open: its seed commitment, what is published, everybody's chance, the draw."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..bodies.lotteries import ContributeToSeed
from ..commands import draws
from ..queries import draws as queries
from ..queries.draws import ChanceShown, DrawShown
from ..refusals.lotteries import (
    CallHasNoLottery,
    ChancesAreNotTold,
    ContributionComesTooLate,
    ContributionIsMade,
    NothingIsPublished,
    SeedIsRevealed,
)

routes = router()


@routes.get(
    "/calls/{call_id}/draw",
    tags=["selection"],
    responses=documented(NotFound, CallHasNoLottery),
)
async def show_draw(asked: AskedBy, call_id: UUID) -> DrawShown:
    """Everything by which the draw is checked, with officers by code: `deploy/verify_draw.py`
    reads this answer (focal points of the call, coordinator, auditor). Where nominees are screened,
    a focal point reads the seed and what was committed to, and not who it was drawn from."""
    return await asked.read(partial(queries.show_draw, call_id=call_id))


@routes.get(
    "/calls/{call_id}/chances",
    tags=["selection"],
    responses=documented(NotFound, NothingIsPublished, ChancesAreNotTold),
)
async def list_chances(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[ChanceShown]:
    """Everybody's chance; a focal point sees those of its own officers, and by which salt their
    codes can be checked."""
    return await asked.read(partial(queries.list_chances, call_id=call_id, place=place))


@routes.post(
    "/calls/{call_id}/draw/contributions",
    status_code=201,
    tags=["selection"],
    response_model=DrawShown,
    responses=documented(
        NotFound, CallHasNoLottery, SeedIsRevealed, ContributionIsMade, ContributionComesTooLate
    ),
)
async def contribute(
    asked: AskedBy,
    call_id: UUID,
    added: Annotated[ContributeToSeed, Depends(JsonBody(ContributeToSeed))],
) -> Response:
    """Add words to the seed, so that nobody alone chooses what is drawn: once each; who runs the
    selection before anything is published, focal points and auditors until the draw."""
    return await asked.perform(
        partial(draws.contribute, call_id=call_id, asked=added),
        audited=Audited("contribute-to-seed", f"call/{call_id}/draw"),
        show=partial(queries.show_draw, call_id=call_id),
        status=201,
    )
