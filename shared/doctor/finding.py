"""What a check finds, and the examination: checks run one by one, each with an end in time."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from shared.refusals import CommandFailed

Level = Literal["ok", "warning", "wrong"]
SECONDS_TO_CHECK = 20.0


class SomethingIsWrong(CommandFailed):
    """An examination found what must be put right; the words are its lines."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line: what was found, without secrets or anything personal, and what to do about it."""

    level: Level
    words: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at, under the name it is reported by."""

    name: str
    look: Callable[[], Awaitable[Found]]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a check of a service found."""

    service: str
    check: str
    level: Level
    words: str
    remedy: str


def right(words: str) -> Found:
    """Nothing is to be done."""
    return Found("ok", words)


def warning(words: str, remedy: str) -> Found:
    """It runs, and somebody should look."""
    return Found("warning", words, remedy)


def wrong(words: str, remedy: str) -> Found:
    """It does not do what it should."""
    return Found("wrong", words, remedy)


async def examine(service: str, checks: Iterable[Check]) -> list[Examined]:
    """Run the checks one after the other; one that fails has found something wrong."""
    return [_examined(service, check, await _looked(check)) for check in checks]


def is_well(examined: Iterable[Examined]) -> bool:
    """Whether nothing is wrong; warnings may be."""
    return all(one.level != "wrong" for one in examined)


def told(examined: Sequence[Examined], *, as_json: bool) -> str:
    """What is printed."""
    return json.dumps(as_objects(examined), indent=2) if as_json else as_lines(examined)


def refuse_what_is_wrong(examined: Sequence[Examined]) -> None:
    """Raises `SomethingIsWrong`, with how much."""
    if not is_well(examined):
        number = sum(one.level == "wrong" for one in examined)
        raise SomethingIsWrong(f"{number} of {len(examined)} checks found something wrong")


def as_lines(examined: Sequence[Examined]) -> str:
    """One line for each check, and what to do behind an arrow."""
    widths = [max((len(text) for text in column), default=0) for column in _columns(examined)]
    return "\n".join(_line(one, *widths) for one in examined)


def as_objects(examined: Sequence[Examined]) -> list[dict[str, str]]:
    """The same for programs."""
    return [asdict(one) for one in examined]


async def _looked(check: Check) -> Found:
    try:
        async with asyncio.timeout(SECONDS_TO_CHECK):
            return await check.look()
    except Exception as error:
        again = "see to what stands above this line first, then run this again"
        return wrong(f"could not be checked ({type(error).__name__})", again)


def _examined(service: str, check: Check, found: Found) -> Examined:
    return Examined(service, check.name, found.level, found.words, found.remedy)


def _columns(examined: Sequence[Examined]) -> tuple[list[str], list[str]]:
    return [one.service for one in examined], [one.check for one in examined]


def _line(one: Examined, of_service: int, of_check: int) -> str:
    remedy = f" → {one.remedy}" if one.remedy else ""
    return f"{one.level:7}  {one.service:{of_service}}  {one.check:{of_check}}  {one.words}{remedy}"
