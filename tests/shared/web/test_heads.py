"""HEAD says what GET would say, without its body."""

import pytest

from tests.shared.web.diary import Diary

CHANGING = {"date", "x-correlation-id"}


@pytest.mark.parametrize(
    "path",
    ["/entries", "/docs", "/openapi.json", "/docs/assets/swagger-ui.css", "/health/live", "/none"],
)
async def test_head_is_answered_as_get_without_the_body(path: str, diary: Diary) -> None:
    got = await diary.ask("GET", path)
    told = await diary.ask("HEAD", path)

    assert told.status_code == got.status_code
    assert told.content == b""
    assert {name: told.headers[name] for name in told.headers if name not in CHANGING} == {
        name: got.headers[name] for name in got.headers if name not in CHANGING
    }


async def test_head_asks_who_comes_too(diary: Diary) -> None:
    assert (await diary.ask("HEAD", "/entries", role=None)).status_code == 401


async def test_head_is_offered_where_get_is_and_nowhere_else(diary: Diary) -> None:
    read_only = await diary.ask("DELETE", "/docs")
    write_only = await diary.ask("HEAD", "/form")

    assert (read_only.status_code, read_only.headers["allow"]) == (405, "GET, HEAD")
    assert (write_only.status_code, write_only.headers["allow"]) == (405, "POST")
