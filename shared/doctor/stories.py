"""Whether all services agree on being a story's, with a clock that stands still, or not."""

from collections.abc import Awaitable, Callable, Mapping

import httpx
from sqlalchemy import select

from shared.database import Database
from shared.process.visiting import at_origin
from shared.tables import story

from .finding import Found, right, warning, wrong

SECONDS_TO_ANSWER = 5.0
AskOther = Callable[[], Awaitable[bool | None]]
"""Whether another service is a story's; None where it does not say."""


async def agrees(told: bool, database: Database, others: Mapping[str, AskOther]) -> Found:
    """What this process is told, what its database keeps, and how the others were started."""
    async with database.reading() as connection:
        begun = (await connection.execute(select(story.c.now))).scalar_one_or_none() is not None
    if told and not begun:
        return wrong("told of a story that never began here", "run `migrate` of this service")
    if begun and not told:
        remedy = "give every process CADRE_STORY again, or restore what is no story's"
        return wrong("its database was made for a story, and this process does not know", remedy)
    said = {name: await ask() for name, ask in others.items()}
    other = sorted(name for name, is_story in said.items() if is_story not in (told, None))
    if other:
        remedy = "give all processes the same CADRE_STORY, or none"
        return wrong(f"{', '.join(other)} has it otherwise: clocks will part", remedy)
    silent = sorted(name for name, is_story in said.items() if is_story is None)
    what = "a story's clock" if told else "no story: the machine's clock"
    if silent:
        return warning(f"{what}; {', '.join(silent)} could not be asked", "see that its api runs")
    return right(f"{what}, the same everywhere")


async def by_http(origin: str, service: str) -> bool | None:
    """A service has `/story` in a story only: asked without a token, it says no or not found."""
    try:
        async with at_origin(origin, seconds=SECONDS_TO_ANSWER) as client:
            answer = await client.get(f"/{service}/story")
    except httpx.HTTPError:
        return None
    return {401: True, 404: False}.get(answer.status_code)
