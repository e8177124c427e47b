"""What an operator's client is answered, or why it is refused."""

import httpx

from shared.refusals import Refused

from .account_shown import Shown


class OutsiderCommandFailed(Refused):
    """What was asked for was not done; the words say why."""

    title = "The command was not carried out"


def done(answer: httpx.Response) -> Shown:
    """What was answered. Raises `OutsiderCommandFailed`."""
    if answer.is_success:
        return dict(answer.json())
    problem = answer.json()
    places = ", ".join(one["path"] for one in problem.get("errors", ()))
    raise OutsiderCommandFailed(": ".join(filter(None, (problem["title"], places))))


async def every_item(client: httpx.AsyncClient, address: str) -> list[Shown]:
    """A list, to its end. Raises `OutsiderCommandFailed`."""
    items: list[Shown] = []
    after: str | None = ""
    while after is not None:
        page = done(await client.get(address, params={"after": after} if after else {}))
        items += page["items"]
        after = page["next"]
    return items
