"""`python start.py …`: a command of the service of this image, which hears that it is to stop from
its first moment on: process 1 of a container is told nothing that it does not listen for."""

import os
import runpy
import signal
import sys


def leave(number: int, _frame: object) -> None:
    """Nothing was begun yet; each role listens for itself as soon as it begins."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, leave)
    runpy.run_module(f"services.{os.environ['SERVICE']}", run_name="__main__", alter_sys=True)
