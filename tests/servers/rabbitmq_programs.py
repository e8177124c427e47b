"""The RabbitMQ server programs installed on this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.servers.available import Unavailable

NEEDED = ("rabbitmq-server", "rabbitmqctl", "rabbitmq-env")
"""The last marks the real programs: on PATH a package may have put wrappers that insist on root."""
ERLANG = ("erl", "epmd")
INSTALLED = (
    "usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin",
    "opt/rabbitmq*/sbin",
    "opt/homebrew/opt/rabbitmq/sbin",
    "usr/local/opt/rabbitmq/sbin",
)


def server_programs() -> Path:
    """The folder that holds the server programs: the one on PATH first."""
    if not all(shutil.which(program) for program in ERLANG):
        raise Unavailable(f"local programs: {' and '.join(ERLANG)} are not on PATH")
    for folder in _candidates():
        if all((folder / program).exists() for program in NEEDED):
            return folder
    raise Unavailable("local programs: no RabbitMQ server")


def _candidates() -> Iterator[Path]:
    if on_path := shutil.which("rabbitmq-server"):
        yield Path(on_path).resolve().parent
    for pattern in INSTALLED:
        yield from sorted(Path("/").glob(pattern), reverse=True)
