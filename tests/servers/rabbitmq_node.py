"""A private RabbitMQ node in a temporary folder, made with programs of this machine."""

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.servers.available import Unavailable
from tests.servers.broker import SECONDS_TO_START, Broker
from tests.servers.ports import free_ports

SECONDS = 60
USER = "cadre"
UNTIL_INPUT_ENDS = """
exec 3>&1 >output 2>&1
epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 &
{ "$0"; kill -9 0; } &
cat
kill -9 0
"""
"""The node and its port mapper live until standard input ends, however this process ends; all of
them hold 3 open, so that standard output ends when the last of them is gone."""


@contextmanager
def running_node(programs: Path) -> Iterator[Broker]:
    """A broker on free ports of the loopback interface; killed and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="rabbitmq-", ignore_cleanup_errors=True) as folder:
        node = Node(programs, Path(folder))
        try:
            broker = node.start()
            yield replace(broker, origin=f"local programs of version {broker.management.release()}")
        finally:
            node.kill()


class Node:
    """The programs, the folder, the names and the ports of one node: nothing of the system's."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.amqp, self.http, distribution, mapper = free_ports(4)
        self.environment = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"cadre-{secrets.token_hex(4)}@localhost",
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_SCHEMA_DIR": str(folder / "schema"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "generated"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none.conf"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "none.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Broker:
        """Write its settings, start it, and return when clients can connect."""
        password = secrets.token_hex(16)
        settings = {
            "listeners.tcp.1": f"127.0.0.1:{self.amqp}",
            "management.tcp.ip": "127.0.0.1",
            "management.tcp.port": self.http,
            "default_user": USER,
            "default_pass": password,
        }
        lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (self.folder / "rabbitmq.conf").write_text(lines)
        (self.folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
        self.process = subprocess.Popen(
            ["sh", "-c", UNTIL_INPUT_ENDS, self.programs / "rabbitmq-server"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        address = f"amqp://{USER}:{password}@127.0.0.1:{self.amqp}/"
        broker = Broker(
            address, "local programs", f"http://127.0.0.1:{self.http}", self.rabbitmqctl
        )
        broker.management.wait_until_listening(SECONDS_TO_START, self._still_running)
        return broker

    def rabbitmqctl(self, *arguments: str) -> None:
        """Run it on this node."""
        done = subprocess.run(
            [self.programs / "rabbitmqctl", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        if done.returncode:
            raise RuntimeError(f"rabbitmqctl {arguments[0]}: {done.stdout.strip()[-300:]}")

    def kill(self) -> None:
        """End all of it at once: nothing it holds is wanted any more."""
        if self.process:
            self.process.communicate(timeout=SECONDS)

    def _still_running(self) -> None:
        if self.process and self.process.poll() is not None:
            output = self.folder / "output"
            said = output.read_text(errors="replace").strip() if output.exists() else ""
            raise Unavailable(f"local programs: RabbitMQ has ended: {said[-300:]}")
