"""The installation the play happens in: a server process of our own, started, awaited, stopped."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from .connection import authorities
from .failures import PlayFailed

PROJECT = Path(__file__).parents[2]
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 30.0
PORTS_TO_TRY = 100
LAST_LINES, LONGEST_LINE = 12, 400


class ServerFailed(PlayFailed):
    """The server did not start, or ended by itself; the words hold what it last logged."""


class FolderIsNotOurs(PlayFailed):
    """The data folder holds something else, or is in use; it is not thrown away."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running installation."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def token(self, role: str) -> str:
        """A bearer token, as its operator makes them."""
        command = [sys.executable, "-m", "services", "token", "--data", str(self.folder)]
        made = subprocess.run(
            [*command, "--role", role], cwd=PROJECT, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise ServerFailed(f"no token for {role}:\n{made.stderr.strip()}")
        return made.stdout.strip()

    def last_log_lines(self) -> str:
        """What the server said last."""
        try:
            log = log_of(self.folder).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(line[:LONGEST_LINE] for line in log.splitlines()[-LAST_LINES:])

    def wait_until_ready(self) -> None:
        """Return when it answers that it is ready. Raises `ServerFailed`."""
        give_up_at = time.monotonic() + SECONDS_TO_START
        while not _is_ready(self.origin):
            if self.process.poll() is not None:
                raise ServerFailed(self._told(f"ended with code {self.process.returncode}"))
            if time.monotonic() > give_up_at:
                raise ServerFailed(self._told(f"was not ready after {SECONDS_TO_START:.0f} s"))
            time.sleep(0.1)

    def wait_until_it_ends(self) -> None:
        """Wait; Ctrl-C ends the waiting. Raises `ServerFailed` when the server ends by itself."""
        raise ServerFailed(self._told(f"ended with code {self.process.wait()}"))

    def stop(self) -> None:
        """Let it finish what it began; make an end where it does not."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _told(self, end: str) -> str:
        return f"the server {end}; its last lines:\n{self.last_log_lines()}"


@contextmanager
def served(folder: Path, port: int, begins: str) -> Iterator[Server]:
    """A new story installation in a folder made afresh; it is stopped at the end."""
    make_afresh(folder)
    free = next_free_port(port)
    command = [sys.executable, "-m", "services", "serve", "--data", str(folder)]
    with log_of(folder).open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", str(free), "--story", begins],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, folder, free)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


def make_afresh(folder: Path) -> None:
    """An empty folder; an earlier play in it is thrown away. Raises `FolderIsNotOurs`."""
    if folder.exists():
        if not folder.is_dir() or (any(folder.iterdir()) and not log_of(folder).exists()):
            raise FolderIsNotOurs(f"{folder} holds something that this play did not make")
        _refuse_to_pull_the_floor_away(folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _refuse_to_pull_the_floor_away(folder: Path) -> None:
    """An installation notes in its lock file where it answers."""
    try:
        address = (folder / "serve.lock").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return
    if address and _is_ready(address):
        raise FolderIsNotOurs(f"{folder} is being served at {address}; stop that, or give --data")


def log_of(folder: Path) -> Path:
    """Where the server writes; also the mark by which the play knows its folder."""
    return folder / "server.log"


def next_free_port(first: int) -> int:
    """The first port from this one on that nobody listens on."""
    for port in range(first, first + PORTS_TO_TRY):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerFailed(f"no free port from {first} to {first + PORTS_TO_TRY - 1}")


def _is_ready(origin: str) -> bool:
    try:
        ready = f"{origin}/health/ready"
        answer = httpx.get(ready, timeout=2, verify=authorities(), trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK
