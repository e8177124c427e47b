"""A process of the product, whoever started it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import suppress

SECONDS_BETWEEN_LOOKS = 0.01


class Program(ABC):
    """One process: its number, and how it ended, negative for a signal; None while it lives."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None

    @property
    def returncode(self) -> int | None:
        """How it ended."""
        if self._code is None:
            self._code = self._ended()
        return self._code

    async def wait(self) -> int:
        """Wait for its end; how it ended."""
        while (code := self.returncode) is None:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        return code

    def wait_at_most(self, seconds: float) -> int:
        """The same where there is no loop. Killed, and `TimeoutError`, when it takes longer."""
        give_up_at = time.monotonic() + seconds
        while (code := self.returncode) is None:
            if time.monotonic() > give_up_at:
                self.kill()
                raise TimeoutError(f"{self.pid} did not end in {seconds} s")
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it lives."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    @abstractmethod
    def _ended(self) -> int | None: ...


class Forked(Program):
    """A process of the nursery, which reports its end."""

    def __init__(self, pid: int, report: socket.socket) -> None:
        super().__init__(pid)
        self._report = report
        self._said = b""

    def _ended(self) -> int | None:
        try:
            heard = self._report.recv(1024)
        except BlockingIOError:
            return None
        self._said += heard
        if heard and not self._said.endswith(b"\n"):
            return None
        self._report.close()
        # without a report the nursery has ended, and all that it has borne
        return int(json.loads(self._said)["code"]) if heard else -signal.SIGKILL


class Started(Program):
    """A child of this process."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        super().__init__(child.pid)
        self._child = child

    def _ended(self) -> int | None:
        return self._child.poll()
