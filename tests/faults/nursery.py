"""`python -m tests.faults.nursery`: forks processes of the product, which start quickly because
all they need was loaded before.

An order a line on standard input; a line on standard output for each birth and each end. When its
input ends, so do they all.
"""

import ctypes
import gc
import json
import os
import runpy
import select
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

from tests.faults.circumstances import Circumstances, impose

LOADED = (
    "aiosqlite",
    "asyncpg",
    "faststream.rabbit",
    "services.embedded.commands.serve",
    "services.notifications.mailbox.serving",
    "services.scheduling.app",
    "shared.database.migrate",
    "shared.process.command_line",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "tests.journeys.apart.one_origin",
    "uvicorn.protocols.http.httptools_impl",
)
SECONDS_BETWEEN_LOOKS = 0.02
DIES_WITH_ITS_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


def main() -> None:
    """Take orders until there can be no more."""
    for name in LOADED:
        import_module(name)
    gc.collect()
    gc.freeze()
    _tell(ready=True)
    living: set[int] = set()
    pending = b""
    while True:
        living -= _buried(living)
        readable, _, _ = select.select([0], [], [], SECONDS_BETWEEN_LOOKS)
        if not readable:
            continue
        said = os.read(0, 65536)
        if not said:
            break
        *orders, pending = (pending + said).split(b"\n")
        for line in orders:
            order = json.loads(line)
            born = _fork(order)
            living.add(born)
            _tell(order=order["number"], born=born)
    for one in living:
        os.kill(one, signal.SIGKILL)


def _buried(living: set[int]) -> set[int]:
    ended = set()
    for one in living:
        found, status = os.waitpid(one, os.WNOHANG)
        if found:
            ended.add(one)
            _tell(ended=one, code=os.waitstatus_to_exitcode(status))
    return ended


def _fork(order: dict[str, Any]) -> int:
    sys.stdout.flush()
    parent = os.getpid()
    born = os.fork()
    if born:
        return born
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
        if os.getppid() == parent:
            code = _live(order)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _live(order: dict[str, Any]) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for here, there in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(here, there)
    os.environ.update(order["environment"])
    impose(Circumstances(**order["circumstances"]))
    sys.argv = [order["module"], *order["arguments"]]
    try:
        runpy.run_module(order["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def _tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
