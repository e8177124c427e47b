"""The event loop of every process: a fast one, where there is one for the system."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")
OBJECTS_BEFORE_A_LOOK = 20_000
"""So many more than there were, and the youngest are looked through for what nobody holds (700 is
what Python does). What is begun for one event is let go of with it, all but a little."""


def run_in_loop(main: Coroutine[Any, Any, T]) -> T:
    """Run to its end, and give back what it returns."""
    spare_what_is_loaded()
    factory = asyncio.new_event_loop if sys.platform == "win32" else uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(main)


def spare_what_is_loaded() -> None:
    """What is there by now stays, and is not looked through again and again; what is new is less
    often. Idle processes answer a sixth sooner."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
