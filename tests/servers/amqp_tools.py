"""amqp-publish, amqp-consume, amqp-get: the clients of rabbitmq-c, which is not ours."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.servers import debian
from tests.servers.available import Server, Unavailable, first_available

PACKAGE = "amqp-tools"
PROGRAMS = ("amqp-publish", "amqp-consume", "amqp-get")
ADVICE = "amqp-publish, amqp-consume and amqp-get could not be had. Tried:"


def installed_amqp_tools() -> AbstractContextManager[Server]:
    """The programs, whose address is the folder they are in."""
    return first_available((_local, _debian_package), ADVICE)


@contextmanager
def _local() -> Iterator[Server]:
    found = [shutil.which(program) for program in PROGRAMS]
    missing = [name for name, path in zip(PROGRAMS, found, strict=True) if path is None]
    if found[0] is None or missing:
        raise Unavailable(f"local programs: {', '.join(missing)} not on PATH")
    yield Server(str(Path(found[0]).parent), f"local programs{_version()}")


@contextmanager
def _debian_package() -> Iterator[Server]:
    debian.install(PACKAGE)
    with _local() as server:
        yield Server(server.address, f"installed as a Debian package{_version()}")


def _version() -> str:
    """They do not tell it themselves; the package does, where they came with one."""
    asked = ["dpkg-query", "--show", "--showformat=${Version}", PACKAGE]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    return f" of version {told.stdout.strip()}"
