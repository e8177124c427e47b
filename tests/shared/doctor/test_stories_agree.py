"""A story is one everywhere, or nowhere."""

from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from shared.clock import begin_story
from shared.database import Database
from shared.doctor import stories
from tests.servers.ports import free_port
from tests.services.notifications.channels.scripted_peers import HttpPeer, listening
from tests.shared.house import NOW


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Tables in which no story has begun."""
    made = Database(database_url)
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("told", "begun", "others", "level"),
    [
        (False, False, {"scheduling": False}, "ok"),
        (True, True, {"scheduling": True}, "ok"),
        (True, False, {}, "wrong"),
        (False, True, {}, "wrong"),
        (True, True, {"scheduling": False}, "wrong"),
        (False, False, {"scheduling": True}, "wrong"),
        (False, False, {"scheduling": None}, "warning"),
    ],
)
async def test_who_has_it_otherwise_is_seen(
    database: Database, told: bool, begun: bool, others: Mapping[str, bool | None], level: str
) -> None:
    if begun:
        await begin_story(database, NOW)

    async def say(answer: bool | None) -> bool | None:
        return answer

    asked = {name: (lambda answer=answer: say(answer)) for name, answer in others.items()}
    found = await stories.agrees(told, database, asked)

    assert found.level == level


@pytest.mark.parametrize(("status", "is_story"), [(401, True), (404, False), (502, None)])
async def test_another_service_is_asked_without_a_token(status: int, is_story: bool | None) -> None:
    async with listening(HttpPeer(status).converse) as port:
        said = await stories.by_http(f"http://127.0.0.1:{port}", "scheduling")

    assert said is is_story


async def test_service_that_does_not_answer_does_not_say() -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"

    assert await stories.by_http(nowhere, "scheduling") is None
