"""How an importer is told what to do: a number on each line of its input, answered when done."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable


async def answer_on_input(do: Callable[[int], Awaitable[None]]) -> None:
    """Import as many as each line says; answer when it began and when it had committed."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        began = time.time()
        await do(int(line))
        sys.stdout.write(json.dumps({"began": began, "committed": time.time()}) + "\n")
        sys.stdout.flush()
