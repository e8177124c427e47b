"""What checks find is told in one line each; one that fails, or never ends, found something."""

import asyncio
import json

import pytest

from shared.doctor import finding
from shared.doctor.finding import (
    Check,
    Found,
    SomethingIsWrong,
    examine,
    refuse_what_is_wrong,
    right,
    told,
    warning,
    wrong,
)


async def all_is_well() -> Found:
    return right("answers")


async def somebody_should_look() -> Found:
    return warning("is slow", "look at it")


async def it_is_broken() -> Found:
    return wrong("is away", "start it")


async def it_fails() -> Found:
    raise ValueError("a password, say")


async def it_never_ends() -> Found:
    await asyncio.sleep(3600)
    return right("at last")


async def test_each_finding_is_a_line_with_what_to_do() -> None:
    checks = [Check("one", all_is_well), Check("other", somebody_should_look)]

    seen = await examine("scheduling", checks)

    assert told(seen, as_json=False).splitlines() == [
        "ok       scheduling  one    answers",
        "warning  scheduling  other  is slow → look at it",
    ]
    refuse_what_is_wrong(seen)


async def test_one_wrong_finding_is_enough_to_fail() -> None:
    seen = await examine("scheduling", [Check("one", all_is_well), Check("other", it_is_broken)])

    with pytest.raises(SomethingIsWrong, match="1 of 2"):
        refuse_what_is_wrong(seen)
    assert json.loads(told(seen, as_json=True))[1] == {
        "service": "scheduling",
        "check": "other",
        "level": "wrong",
        "words": "is away",
        "remedy": "start it",
    }


async def test_check_that_fails_or_never_ends_found_something_and_says_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "SECONDS_TO_CHECK", 0.05)
    checks = [Check("one", it_fails), Check("two", it_never_ends), Check("three", all_is_well)]

    seen = await examine("scheduling", checks)

    assert [one.level for one in seen] == ["wrong", "wrong", "ok"]
    assert [one.words for one in seen[:2]] == [
        "could not be checked (ValueError)",
        "could not be checked (TimeoutError)",
    ]
