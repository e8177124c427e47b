"""Crash points: places where a test may have the process die at once, as a power cut would."""

import os
import signal


def crash_point(name: str) -> None:
    """Kill this process without any tidying when `CADRE_CRASH_AT` names this point."""
    if os.environ.get("CADRE_CRASH_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
