"""The scenes of the played course, each served by a process of its own, and readers to look."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.reader import Readers
from tests.browser.scenes import Scene, Scenes, begin
from tests.browser.seats import Seats
from tests.played import Played
from tests.services.embedded.served import served


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def scenes(
    played_course: Played, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Scenes]:
    """Serves a copy of a scene when a test first asks for it: `await scenes("hold_the_days")`.

    Tests share it: each changes only what no other test looks at. One that changes more has a copy
    of its own, by a word beside the name: `await scenes("hold_the_days", "put off")`.
    """
    place = tmp_path_factory.mktemp("scenes")
    known: dict[str, Scene] = {}
    async with AsyncExitStack() as serving:

        async def scene(name: str, apart: str = "") -> Scene:
            key = f"{name} {apart}".strip()
            if key not in known:
                folder = _copied(played_course, name, place / key.replace(" ", "-"))
                one = await serving.enter_async_context(served(folder))
                known[key] = await begin(one.origin, folder)
            return known[key]

        yield scene


@pytest.fixture(scope="session")
def seats(browser: Browser) -> Seats:
    """Where readers sit, one after another."""
    return Seats(browser)


@pytest_asyncio.fixture(loop_scope="session")
async def readers(seats: Seats) -> AsyncIterator[Readers]:
    """Gives each reader a browser of their own; in the end none may have anything to complain of:
    no request to another origin, no error on the console."""
    coming = Readers(seats)
    yield coming
    await coming.leave()
    assert coming.complaints == []


def _copied(played: Played, name: str, copy: Path) -> Path:
    if name == "the_end":
        return played.copied_to(copy)
    return Played(played.scenes / name, played.scenes, {}).copied_to(copy)
