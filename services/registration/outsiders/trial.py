"""`outsider test CODE`: the golden examples as this system would send them, and each verdict."""

import json
from typing import Any

import httpx

from shared.contracts import EXTERNAL
from shared.contracts.external import OWNERS
from shared.contracts.schemas import example_of
from shared.ids import new_id

from .account_shown import Shown

NOT_TRIED = "not tried"
"""The service that owns the type was not reached."""


async def try_out(
    client: httpx.AsyncClient,
    system: Shown,
    *,
    activity: str | None,
    officer: str | None,
    elsewhere: httpx.AsyncClient | None = None,
) -> list[dict[str, Any]]:
    """What the owner of each type would answer; nothing is carried out. `elsewhere` asks the
    services that the client does not reach."""
    tried = []
    for event_type in system["sends"]:
        said = {"outsider": system["outsider"]}
        party = system["parties"][0]
        event = adapted(event_type, party=party, activity=activity, officer=officer)
        place = f"/{OWNERS[event_type]}/trials"
        told = await _asked(client, place, {**said, "event": event})
        if told is None and elsewhere:
            told = await _asked(elsewhere, place, {**said, "event": event})
        verdict = told or {"verdict": NOT_TRIED, "faults": []}
        tried.append({"type": event_type, "owner": OWNERS[event_type], **verdict})
    return tried


async def _asked(client: httpx.AsyncClient, place: str, said: Shown) -> Shown | None:
    """The verdict of a service, where it is reached."""
    try:
        answer = await client.post(place, json=said)
    except httpx.HTTPError:
        return None
    return dict(answer.json()) if answer.is_success else None


def adapted(
    event_type: str, *, party: str, activity: str | None, officer: str | None
) -> dict[str, Any]:
    """The golden example of a type, as if it were said now, of this party; of another activity or
    officer where given."""
    example = {**example_of(EXTERNAL[event_type])}
    example.pop("time", None)
    data = {**example["data"], "party": party}
    data.pop("recorded_at", None)
    if activity:
        data["activity"] = activity
    if officer and isinstance(data["officer"], str):
        data["officer"] = officer
    elif officer:
        data["officer"] = {**data["officer"], "reference": officer}
    return {**example, "id": f"trial-{new_id()}", "data": data}


def verdict_line(tried: dict[str, Any]) -> str:
    """One verdict, and what was found."""
    faults = [" ".join(filter(None, (one["code"], one["field"]))) for one in tried["faults"]]
    found = f": {', '.join(faults)}" if faults else ""
    return f"{tried['type']}  {tried['verdict']}{found}  ({tried['owner']})"


def as_json(tried: list[dict[str, Any]]) -> str:
    """The verdicts for scripts."""
    return json.dumps(tried, indent=2, ensure_ascii=False)
