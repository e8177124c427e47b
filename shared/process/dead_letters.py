"""`deadletters`: events that could not take effect, to list, show, replay or discard."""

import argparse
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx

from shared.refusals import CommandFailed

COLUMNS = ("id", "service", "state", "type", "reason", "attempt", "error")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which event."""
    parser.add_argument("action", choices=["list", "show", "replay", "discard"])
    parser.add_argument("id", nargs="?")


async def carry_out(
    client: httpx.AsyncClient, services: Sequence[str], action: str, letter_id: str | None
) -> str:
    """What was found or done in these services. Raises `CommandFailed`."""
    if action == "list":
        lines = [
            "  ".join(str(one[name]) for name in COLUMNS) async for one in _all(client, services)
        ]
        return "\n".join(lines)
    if not letter_id:
        raise CommandFailed(f"deadletters {action} needs the id that `list` shows")
    for service in services:
        address = f"/{service}/deadletters/{letter_id}"
        shows = action == "show"
        answer = await (client.get(address) if shows else client.post(f"{address}/{action}"))
        if answer.status_code != 404:
            found = _checked(answer)
            return _shown(service, found) if shows else f"{action}: {letter_id} in {service}"
    raise CommandFailed(f"there is no event {letter_id} set aside")


async def _all(client: httpx.AsyncClient, services: Sequence[str]) -> AsyncIterator[dict[str, Any]]:
    """Every event set aside, the parked ones and those that wait."""
    for service in services:
        after: str | None = ""
        while after is not None:
            query = {"after": after} if after else {}
            page = _checked(await client.get(f"/{service}/deadletters", params=query))
            for letter in page["items"]:
                yield {"service": service, **letter}
            after = page["next"]


def _shown(service: str, letter: dict[str, Any]) -> str:
    return json.dumps({"service": service, **letter}, indent=2, ensure_ascii=False)


def _checked(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise CommandFailed(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    return dict(answer.json()) if answer.content else {}
