"""An installation in one process, whose folder is all there is of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.embedded.installation import open_installation
from shared.web.tokens import issue
from tests.servers.ports import free_port
from tests.services.embedded.served import until_ready

from .books import Files
from .effects import TABLES, Records
from .posts import Post, Posts, posts
from .scene import STORY, Scene, set_the_scene
from .witness import watch_all

HOUSE = "house"
SECONDS_OF_A_TOKEN = 12 * 3600


@dataclass
class Embedded:
    """One process at one post; its folder, and what stands in it."""

    posts: Posts
    folder: Path
    logs: Path
    files: Files
    records: Records
    scene: Scene

    async def queued(self) -> int:
        """What waits in the queue."""
        [(number,)] = await self.files.read("queue", "SELECT COUNT(*) FROM queue")
        return int(number)


@asynccontextmanager
async def embedded(folder: Path, logs: Path) -> AsyncIterator[Embedded]:
    """An installation in a folder, with everything there for the stream to begin."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    options = ("--data", str(folder), "--port", str(port), "--story", STORY)
    async with posts(logs) as filled:
        await filled.fill(Post(HOUSE, "services", ["serve", *options]))
        await until_ready(origin)
        issuer = open_installation(folder).issuer()
        token = issue(issuer, subject="admin", role="admin", party=None, seconds=SECONDS_OF_A_TOKEN)
        scene = await asyncio.to_thread(set_the_scene, origin, token)
        files = Files(folder)
        await watch_all(files, TABLES)
        yield Embedded(filled, folder, logs, files, Records(files, files), scene)
