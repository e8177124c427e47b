"""`python -m tests.programs.nursery SOCKET`: forks processes of the product.

An order a line on the socket, with three descriptors: where to report to, standard output and
standard error. The report tells of the birth, and of the end. When nobody can order any more, it
ends, and with it all that it has borne.
"""

import array
import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

LOADED = (
    "aiosqlite",
    "asyncpg",
    "deploy.demo.play",
    "deploy.demo.serving",
    "faststream.rabbit",
    "services.embedded.commands.doctor",
    "services.embedded.commands.serve",
    "services.embedded.operating",
    "services.notifications.mailbox.serving",
    "services.registration.outsiders.command_line",
    "services.scheduling.calendar_seed",
    "shared.database.migrate",
    "shared.observing.exposition",
    "shared.process.command_line",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "tests.journeys.apart.one_origin",
    "tests.journeys.shuffled_server",
    "tests.messaging.rig",
    "uvicorn.protocols.http.httptools_impl",
)
DESCRIPTORS = 3
LONGEST_PIECE = 65536
SECONDS_BETWEEN_LOOKS = 0.02
DIES_WITH_ITS_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


def main(number: str) -> None:
    """Take orders until there can be no more."""
    orders = socket.socket(fileno=int(number))
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    orders.sendall(b"ready\n")
    living: dict[int, socket.socket] = {}
    while True:
        _bury(living)
        wait = SECONDS_BETWEEN_LOOKS if living else None
        if not select.select([orders], [], [], wait)[0]:
            continue
        order, descriptors = _next_order(orders)
        if order is None:
            break
        report = socket.socket(fileno=descriptors[0])
        born = _fork(order, descriptors[1:], [orders, report, *living.values()])
        for one in descriptors[1:]:
            os.close(one)
        living[born] = report
        _tell(report, born=born)
    for one in living:
        os.kill(one, signal.SIGKILL)


def _next_order(orders: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """One order, and its descriptors; none when there can be no more."""
    said, descriptors = b"", array.array("i")
    room = socket.CMSG_LEN(DESCRIPTORS * descriptors.itemsize)
    while not said.endswith(b"\n"):
        piece, beside, *_ = orders.recvmsg(LONGEST_PIECE, room)
        if not piece:
            return None, []
        said += piece
        for _, _, carried in beside:
            descriptors.frombytes(carried)
    return json.loads(said), list(descriptors)


def _bury(living: dict[int, socket.socket]) -> None:
    for one in list(living):
        found, status = os.waitpid(one, os.WNOHANG)
        if found:
            with living.pop(one) as report:
                _tell(report, code=os.waitstatus_to_exitcode(status))


def _fork(
    order: Mapping[str, Any], streams: Sequence[int], not_its_own: Sequence[socket.socket]
) -> int:
    parent = os.getpid()
    born = os.fork()
    if born:
        return born
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
        for one in not_its_own:
            one.close()
        if os.getppid() == parent:
            code = _live(order, streams)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _live(order: Mapping[str, Any], streams: Sequence[int]) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, stream in enumerate((nothing, *streams)):
        os.dup2(stream, number)
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    if order["first"]:
        module, _, name = order["first"].partition(":")
        getattr(importlib.import_module(module), name)(**order["given"])
    sys.argv = [order["module"], *order["arguments"]]
    try:
        runpy.run_module(order["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def _tell(report: socket.socket, **what: int) -> None:
    try:
        report.sendall(json.dumps(what).encode() + b"\n")
    except OSError:
        return  # nobody wants to know any more


if __name__ == "__main__":
    main(*sys.argv[1:])
