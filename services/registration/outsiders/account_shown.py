"""A system as the command line shows it to people."""

from collections.abc import Iterator, Mapping
from typing import Any

Shown = Mapping[str, Any]
STATES = {
    "active": "takes part",
    "suspended": "is suspended",
    "removed": "was removed",
}
WIDTH = 12
ONCE = "Shown this once and kept nowhere: hand it over safely. `rotate` makes new secrets."


def line(system: Shown) -> str:
    """A system among others."""
    parties = ", ".join(system["parties"])
    return f"{system['outsider']:<20}  {system['state']:<9}  {parties}"


def account(system: Shown) -> str:
    """All there is to say of one, with its secrets when they were just made."""
    told = [f"{system['outsider']} {STATES[system['state']]}", *_rows(system)]
    if system.get("key"):
        told += ["", ONCE]
    return "\n".join(told)


def _rows(system: Shown) -> Iterator[str]:
    for name, label in (("parties", "speaks for"), ("sends", "sends"), ("receives", "receives")):
        yield from _row(label, *(system[name] or ["nothing"]))
    if system.get("key"):
        yield from _row("key (HTTP)", system["key"])
    broker = system.get("broker")
    if broker:
        yield from _row("broker", broker["address"] or "not told to this process")
        yield from _row("user", broker["user"])
        if broker.get("password"):
            yield from _row("password", broker["password"])
        yield from _row("queue", broker["queue"])
        if not broker["ready"]:
            yield from _row("", "being made or changed in the broker; `show` says when it is done")


def _row(label: str, *values: str) -> Iterator[str]:
    for number, value in enumerate(values):
        yield f"  {label if number == 0 else '':<{WIDTH}}{value}"
