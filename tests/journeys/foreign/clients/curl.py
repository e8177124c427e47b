"""curl; answers are asked for."""

import json
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from ..letters import Letter
from ..taking_part import System
from .verdict import SECONDS, Verdict, verdict_shown


@dataclass(frozen=True)
class Curl:
    """The program."""

    program: str

    def tell(self, system: System, letter: Letter) -> Verdict:
        """POST, then GET until there is an answer. What is no event at all is refused at once."""
        beside = (f"ce-{name}: {value}" for name, value in letter.attributes.items())
        typed = f"Content-Type: {letter.content_type}"
        headers = [part for header in (*beside, typed) for part in ("--header", header)]
        path = "/ingress/events"
        status, answer = self.ask(system, path, "--data-binary", "@-", *headers, given=letter.body)
        if status == 400:
            return Verdict("refused", frozenset({answer["code"]}))
        assert status == 202, answer
        (place,) = answer["items"]
        assert place["subject"] == letter.subject
        system.sent.append(letter.subject)
        return self._awaited(system, place["href"])

    def ask(self, system: System, path: str, *options: str, given: bytes = b"") -> tuple[int, Any]:
        """Status and document of an answer."""
        known = ("--header", f"Authorization: Bearer {system.key}")
        quiet = ("--silent", "--show-error", "--write-out", "\n%{http_code}")
        done = subprocess.run(
            [self.program, *quiet, *known, *options, f"{system.origin}{path}"],
            input=given,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
        document, _, status = done.stdout.decode().rpartition("\n")
        return int(status), json.loads(document)

    def _awaited(self, system: System, path: str) -> Verdict:
        deadline = time.monotonic() + SECONDS
        while True:
            status, shown = self.ask(system, path)
            assert status == 200, shown
            if shown["state"] != "received":
                return verdict_shown(shown)
            assert time.monotonic() < deadline, shown
            time.sleep(0.05)
