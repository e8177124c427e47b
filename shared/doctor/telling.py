"""What an operator reads after a service was put in line with the others, and what is next."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from .after_restore import Lost, Restored
from .catch_up import CaughtUp

ROLES = frozenset({"admin", "coordinator", "focal_point", "instructor", "auditor"})


def restored_lines(service: str, restored: Restored, *, as_json: bool = False) -> str:
    """What the service no longer knows, persons' doings first, and what to do about it."""
    if as_json:
        return json.dumps({"service": service, **asdict(restored)}, indent=2)
    by_persons = [one for one in restored.lost if one.actor in ROLES]
    by_itself = [one for one in restored.lost if one.actor not in ROLES]
    lines = [
        f"{service}: {len(restored.lost)} facts are known to the others and no longer here; "
        f"{restored.raised} aggregates count on from above them."
    ]
    if restored.doubtful:
        lines += [f"{restored.doubtful} messages ask their receiver first, before they are sent."]
    if by_persons:
        lines += ["", "Caused by persons: have them done again, erasures first:"]
        lines += _lines(by_persons)
        lines += [
            "(--json lists every one of them; keep it: asked again, this command finds nothing)"
        ]
    if by_itself:
        lines += ["", "Caused by other facts and by jobs: they come again by `catch-up` and by the"]
        lines += ["worker; look at these afterwards:"]
        counted = Counter(one.type for one in by_itself)
        lines += [f"  {number:6}  {event_type}" for event_type, number in sorted(counted.items())]
    if restored.lost:
        lines += ["", "What is not done again: `announce` has the others hold what is held here."]
    return "\n".join(lines)


def caught_up_lines(service: str, caught_up: CaughtUp) -> str:
    """What was taken in, and what the owners have to announce."""
    lines = [
        f"{service}: {caught_up.facts} facts since {caught_up.since:%Y-%m-%d %H:%M} UTC handed over"
    ]
    lines += [f"  {event_type}" for event_type in caught_up.types]
    if caught_up.announced_by:
        lines += ["The archive holds no personal data and no secrets; have announced as well:"]
        lines += [f"  {kind}" for kind in caught_up.announced_by]
    return "\n".join(lines)


def _lines(lost: Sequence[Lost]) -> Iterator[str]:
    """What one person did at one time stands in one line."""
    together: dict[tuple[bool, str, str, str], list[str]] = {}
    for one in lost:
        erasures_first = not one.type.endswith(".erased.v1")
        place = (erasures_first, one.time, one.type, one.actor)
        together.setdefault(place, []).append(one.about)
    for (_, time, event_type, actor), about in sorted(together.items()):
        more = f" and {len(about) - 1} more" if len(about) > 1 else ""
        yield f"  {time}  {event_type}  by {actor}: {about[0]}{more}"
