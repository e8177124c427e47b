"""curl, the client that every engineer has."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.servers import debian
from tests.servers.available import Server, Unavailable, first_available

ADVICE = "curl could not be had. Tried:"


def installed_curl() -> AbstractContextManager[Server]:
    """The program, whose address is its path."""
    return first_available((_local, _debian_package), ADVICE)


@contextmanager
def _local() -> Iterator[Server]:
    program = shutil.which("curl")
    if program is None:
        raise Unavailable("local program: curl is not on PATH")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60)
    if told.returncode:
        raise Unavailable(f"local program: {program} does not start")
    yield Server(program, f"local program of version {told.stdout.split()[1]}")


@contextmanager
def _debian_package() -> Iterator[Server]:
    debian.install("curl")
    with _local() as server:
        yield server
