"""Nobody overwrites what they have not seen."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.shared.web.diary import Diary, an_entry


async def put(diary: Diary, written: dict[str, Any], if_match: str | None) -> httpx.Response:
    headers = {} if if_match is None else {"If-Match": if_match}
    path = f"/entries/{written['id']}"
    return await diary.ask("PUT", path, json=an_entry("changed"), headers=headers)


async def test_change_says_which_version_it_changes(diary: Diary) -> None:
    written = await diary.write()

    changed = await put(diary, written, '"1"')

    assert changed.status_code == 200
    assert changed.headers["etag"] == '"2"'
    assert (changed.json()["words"], changed.json()["version"]) == ("changed", 2)


async def test_change_of_an_unnamed_version_is_refused(diary: Diary) -> None:
    written = await diary.write()

    answer = await put(diary, written, None)

    assert answer.status_code == 428
    assert answer.json()["code"] == "version-is-missing"


async def test_change_of_what_somebody_else_changed_is_refused(diary: Diary) -> None:
    written = await diary.write()
    await put(diary, written, '"1"')

    for seen in ('"1"', '"7"', "1", "*", '"x"', '""', '"1", "2"', f'"{"9" * 30}"', '"-1"'):
        answer = await diary.ask(
            "PUT", f"/entries/{written['id']}", json=an_entry("mine"), headers={"If-Match": seen}
        )
        assert (seen, answer.status_code) == (seen, 412)
        assert answer.json()["code"] == "version-has-moved"
    shown = await diary.ask("GET", f"/entries/{written['id']}")
    assert (shown.json()["words"], shown.json()["version"]) == ("changed", 2)


@pytest.mark.both_databases
async def test_one_of_ten_changes_at_once_is_made(diary: Diary) -> None:
    written = await diary.write()

    answers = await asyncio.gather(*(put(diary, written, '"1"') for _ in range(10)))

    assert sorted(answer.status_code for answer in answers) == [200, *[412] * 9]
