"""One small course, played once a session; those who only look share one copy of it, served, and
those who change much have one for their module."""

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.services.embedded.served import STORY, served

from .house import House
from .playing import play
from .small_course import kept_in

HERE = Path(__file__).parent
SECONDS_AT_MOST = 300


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Whichever test comes first waits until the course was played."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.timeout(SECONDS_AT_MOST))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def played_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation in which the small course was played."""
    folder = tmp_path_factory.mktemp("small-course")
    async with served(folder, *STORY) as one:
        play(one.origin, House(one.origin, folder, folder / "none").token("admin")).keep(folder)
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(
    played_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """The small course, served to everyone who leaves it as it is."""
    async with copied(played_folder, tmp_path_factory.mktemp("house")) as one:
        yield one


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def own_house(
    played_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """The small course, served to one module of tests."""
    async with copied(played_folder, tmp_path_factory.mktemp("own-house")) as one:
        yield one


@asynccontextmanager
async def copied(played: Path, folder: Path) -> AsyncIterator[House]:
    """Serve a copy of a folder, and keep the log of its server."""
    shutil.copytree(played, folder, dirs_exist_ok=True)
    log = folder / "server.log"
    async with served(folder, log=log) as one:
        yield House(one.origin, folder, log, kept_in(folder), one.process.pid)
