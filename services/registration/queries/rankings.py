"""The order in which a party put its nominations in a call."""

from uuid import UUID

from pydantic import BaseModel

from shared.context import Work

from ..commands.corrections import in_the_running, version_of_ranking
from ..commands.nominations import standing_of_party
from ..loading import by_id
from ..rights import require_party_seen
from ..tables import call


class RankShown(BaseModel):
    """One nomination in its place."""

    nomination_id: UUID
    priority: int
    status: str


class RankingShown(BaseModel):
    """The nominations of a party that are in the running, in its own order."""

    call_id: UUID
    party: str
    nominations: list[RankShown]
    version: int


async def show_ranking(work: Work, call_id: UUID, party: str) -> RankingShown:
    """A party's list. Raises `NotFound` for another party's."""
    kept = await by_id(work, call, call_id)
    await require_party_seen(work, kept["project_id"], party)
    running = in_the_running(await standing_of_party(work, call_id, party))
    return RankingShown(
        call_id=call_id,
        party=party,
        nominations=[
            RankShown(nomination_id=row["id"], priority=row["priority"], status=row["status"])
            for row in running
        ],
        version=await version_of_ranking(work, call_id, party),
    )
