"""amqp-publish and amqp-get; answers come to the system's queue."""

import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ..letters import Letter
from ..taking_part import System
from .verdict import SECONDS, Verdict, awaited

EMPTY = 2
"""What amqp-get ends with when nothing is in the queue."""


@dataclass(frozen=True)
class AmqpTools:
    """The programs of rabbitmq-c, in a folder."""

    programs: Path

    def tell(self, system: System, letter: Letter) -> Verdict:
        """amqp-publish, then amqp-get until the answer is there."""
        before = len(system.answers(letter.subject))
        sent = self.publish(system, letter)
        assert sent.returncode == 0, sent.stderr
        system.sent.append(letter.subject)
        return awaited(system, letter.subject, before, lambda: self.read_one(system))

    def publish(
        self, system: System, letter: Letter, *, code: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Send under the system's own code, or another's."""
        beside = (f"cloudEvents_{name}: {value}" for name, value in letter.attributes.items())
        headers = [part for header in beside for part in ("--header", header)]
        key = f"{letter.type}.{code or system.code}"
        where = ("--exchange", "ingress", "--routing-key", key)
        how = ("--content-type", letter.content_type, "--persistent", *headers)
        return self.run("amqp-publish", system, *where, *how, given=letter.body)

    def read_one(self, system: System) -> bool:
        """Take one message from the system's queue; False when there is none."""
        taken = self.run("amqp-get", system, "--queue", system.queue)
        assert taken.returncode in (0, EMPTY), taken.stderr
        if taken.returncode == 0:
            system.read.append(json.loads(taken.stdout))
        return taken.returncode == 0

    def read_all(self, system: System) -> None:
        """Take whatever is there."""
        while self.read_one(system):
            pass

    def read_until_answered(self, system: System) -> None:
        """Take what comes until each event of the system has its answer."""
        deadline = time.monotonic() + 2 * SECONDS
        while system.unanswered:
            if not self.read_one(system):
                assert time.monotonic() < deadline, f"{system.unanswered} answers are missing"
                time.sleep(0.05)

    def run(
        self, program: str, system: System, *options: str, given: bytes = b""
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as the system."""
        command = [str(self.programs / program), "--url", system.amqp, *options]
        done = subprocess.run(
            command, input=given, capture_output=True, check=False, timeout=2 * SECONDS
        )
        printed, complained = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(command, done.returncode, printed, complained)
