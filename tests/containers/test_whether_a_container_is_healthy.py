"""A container is healthy when its process says that it is ready, and not before."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.containers.composed import ROOT
from tests.servers.ports import free_port

HEALTHY = ROOT / "deploy" / "image" / "healthy.py"


class Ready(BaseHTTPRequestHandler):
    """A process that can do its work, but for one part of it."""

    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/health/ready" else 200)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing is to be seen."""


@pytest.mark.parametrize(("path", "code"), [("/mailbox/health/ready", 0), ("/health/ready", 1)])
def test_exit_code_is_what_the_process_says(path: str, code: int) -> None:
    with serving() as port:
        assert asked(str(port), path, operations="") == code


def test_the_operations_address_is_asked_where_nothing_else_is_said() -> None:
    with serving() as port:
        assert asked(operations=f"0.0.0.0:{port}") == 1


def test_where_nobody_answers_nobody_is_healthy() -> None:
    assert asked(str(free_port()), "/", operations="") == 1


def asked(*arguments: str, operations: str) -> int:
    """The exit code of the check, run as the image runs it."""
    environment = {"CADRE_OPERATIONS": operations}
    command = [sys.executable, "-I", str(HEALTHY), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, timeout=20).returncode


@contextmanager
def serving() -> Iterator[int]:
    """The port of such a process."""
    server = HTTPServer(("127.0.0.1", 0), Ready)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
