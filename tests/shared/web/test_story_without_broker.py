"""A story can not be moved on while nobody can tell how much is still on its way."""

import pytest

from shared.messaging.rabbit.transport import BrokerIsAway
from tests.shared.web.diary import BEGIN, StillTransport, open_diary


@pytest.fixture
def database_kind() -> str:
    """Services that have a broker have PostgreSQL."""
    return "postgresql"


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_story_is_busy_while_the_broker_is_away(
    method: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_transport: StillTransport, _service: str) -> int:
        raise BrokerIsAway

    monkeypatch.setattr(StillTransport, "queued", away)
    async with open_diary(database_url, story=True) as diary:
        body = {"now": BEGIN.isoformat()} if method == "PUT" else None
        answer = await diary.ask(method, "/story", role="admin", json=body)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
