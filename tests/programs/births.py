"""Starts programs in the nursery of this session, or by Python itself."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from .program import Forked, Program, Started

ROOT = Path(__file__).parents[2]
SECONDS_TO_LOAD = 90
SECONDS_TO_END = 90
_ONE_AT_A_TIME = threading.Lock()
Start = Callable[..., Program]
Stream = IO[bytes] | int | None
"""A file, `DEVNULL`, or where this process writes to."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended, what it printed, and what it complained of."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class First:
    """What happens in a process before its program begins: a function, and what it is given."""

    function: Callable[..., None]
    given: Mapping[str, Any]


def forked(
    module: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdout: Stream = None,
    stderr: Stream = None,
    first: First | None = None,
) -> Forked:
    """`python -m MODULE ARGUMENTS` in an environment, else in this one's."""
    order = {
        "module": module,
        "arguments": arguments,
        "environment": dict(os.environ if environment is None else environment),
        "first": f"{first.function.__module__}:{first.function.__name__}" if first else "",
        "given": dict(first.given) if first else {},
    }
    with Path(os.devnull).open("wb") as nowhere:
        streams = (nowhere if one == subprocess.DEVNULL else one for one in (stdout, stderr))
        numbers = [_number(one, usual) for usual, one in enumerate(streams, start=1)]
        with _ONE_AT_A_TIME:
            return _nursery().bear(order, *numbers)


def by_python(
    module: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdout: Stream = None,
    stderr: Stream = None,
) -> Started:
    """The same by an interpreter of its own, as operators start it."""
    command = [sys.executable, "-m", module, *arguments]
    nothing = subprocess.DEVNULL
    return Started(
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=nothing, stdout=stdout, stderr=stderr
        )
    )


def run(
    module: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    seconds: float = SECONDS_TO_END,
) -> Done:
    """Run a program to its end. Raises `TimeoutError`."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complained:
        program = forked(
            module, *arguments, environment=environment, stdout=printed, stderr=complained
        )
        code = program.wait_at_most(seconds)
        printed.seek(0)
        complained.seek(0)
        return Done(code, printed.read().decode(), complained.read().decode())


@dataclass
class _Nursery:
    """The process that forks, and the way to order from it."""

    process: subprocess.Popen[bytes]
    orders: socket.socket

    def bear(self, order: Mapping[str, Any], stdout: int, stderr: int) -> Forked:
        report, theirs = socket.socketpair()
        report.settimeout(SECONDS_TO_LOAD)
        with theirs:
            said = json.dumps(order).encode() + b"\n"
            sent = socket.send_fds(self.orders, [said], [theirs.fileno(), stdout, stderr])
            self.orders.sendall(said[sent:])
            born = json.loads(_line(report))["born"]
        report.setblocking(False)
        return Forked(born, report)


@cache
def _nursery() -> _Nursery:
    """Of this session: it ends when nobody can order from it any more."""
    orders, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        command = [sys.executable, "-m", "tests.programs.nursery", str(number)]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[number])
    orders.settimeout(SECONDS_TO_LOAD)
    if _line(orders) != b"ready\n":
        raise RuntimeError("the nursery did not load what it is to load")
    return _Nursery(process, orders)


def _number(stream: Stream, usual: int) -> int:
    if stream is None or isinstance(stream, int):
        return usual if stream is None else stream
    return stream.fileno()


def _line(told: socket.socket) -> bytes:
    """One line and no more, or what there was when the other end closed."""
    line = b""
    while not line.endswith(b"\n") and (one := told.recv(1)):
        line += one
    return line
