"""amqplib and the CloudEvents SDK of JavaScript; the answer comes straight to whoever waits."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.node import Node

from ..letters import STRUCTURED, Letter
from ..taking_part import NOMINATED, System
from .verdict import SECONDS, Verdict, verdict_of

SEND_AND_WAIT = Path(__file__).with_name("send_and_wait.js")
SEND_MANY = Path(__file__).with_name("send_many.js")


@dataclass(frozen=True)
class Amqplib:
    """Node, with its packages."""

    node: Node

    def tell(self, system: System, letter: Letter) -> Verdict:
        """Send with `reply_to`, and wait there."""
        said = self.run(system, letter)
        assert "answer" in said, said
        system.sent.append(letter.subject)
        assert said["answer"]["data"]["subject"] == letter.subject
        return verdict_of(said["answer"])

    def run(self, system: System, letter: Letter, *, code: str | None = None) -> Any:
        """What the script prints; it sends under the system's own code, or another's."""
        asked = {
            "url": system.amqp,
            "key": f"{letter.type}.{code or system.code}",
            "event": letter.event,
            "mode": "binary" if letter.attributes else "structured",
            "body": letter.body.decode(),
            "contentType": letter.content_type,
        }
        return self._run(SEND_AND_WAIT, asked)

    def flood(self, system: System, letters: Sequence[Letter]) -> None:
        """Send many structured events, all of them confirmed by the broker: without that, a broker
        may lose what a client sent just before it left."""
        asked = {
            "url": system.amqp,
            "key": f"{NOMINATED}.{system.code}",
            "contentType": STRUCTURED,
            "bodies": [one.body.decode() for one in letters],
        }
        assert self._run(SEND_MANY, asked) == {"confirmed": len(letters)}
        system.sent.extend(one.subject for one in letters)

    def _run(self, script: Path, asked: Mapping[str, Any]) -> Any:
        done = subprocess.run(
            [self.node.address, script],
            env={"NODE_PATH": str(self.node.packages)},
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
