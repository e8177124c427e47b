"""Everything that can be read, as somebody reads it who looks into every corner."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence

import httpx

from .documents import Operation, meant
from .house import House

MOST_ROWS = 500
PAGES = (
    "/registration/",
    "/registration/calls/{call_id}/page",
    "/registration/calls/{call_id}/board/page",
    "/notifications/",
)


def everything_readable(
    client: httpx.Client, house: House, offered: Sequence[Operation]
) -> Iterator[tuple[str, httpx.Response]]:
    """Every address that can be read, with each id that fits; lists in steps of two, and beyond
    twenty rows in steps that grow."""
    ids = house.course.ids
    known = house.course.ids_by_field()
    reads = [(one.path, one.needs(known)) for one in offered if one.method == "GET"]
    for path, needs in (*reads, *((page, {}) for page in PAGES)):
        for address in addresses(path, ids, known):
            after: str | None = ""
            steps = steps_of_a_list()
            while after is not None:
                limit = next(steps)
                answer = client.get(address, params={**needs, "limit": limit, "after": after})
                yield address, answer
                after = _next(answer)


def steps_of_a_list() -> Iterator[int]:
    """How many rows to ask for at a time: records are few, what is noted of them is much."""
    yield from [2] * 10
    step = 2
    while True:
        step = min(2 * step, MOST_ROWS)
        yield step


def addresses(path: str, ids: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    """The path with every id of its first parameter."""
    if "{" not in path:
        yield path
        return
    field = path.partition("{")[2].partition("}")[0]
    kind = {"person_id": "officer"}.get(field, meant(field, path).removesuffix("_id"))
    kind = kind.removeprefix("judged_").removeprefix("drawn_").removeprefix("seated_")
    fitting = [one for name, one in ids.items() if name == kind or name.startswith(f"{kind}-")]
    for value in fitting or [known[meant(field, path)]]:
        yield path.replace(f"{{{field}}}", value)


def place_in(answer: httpx.Response) -> str:
    """What the token of the next page holds."""
    after = _next(answer) or ""
    return base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode(errors="replace")


def _next(answer: httpx.Response) -> str | None:
    if not answer.is_success or "json" not in answer.headers.get("content-type", ""):
        return None
    document = json.loads(answer.text)
    return document.get("next") if isinstance(document, dict) else None
