"""The installation as its visitors meet it: an address, tokens, and for its owner the log."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from deploy.demo.connection import authorities
from services.embedded.installation import open_installation
from shared.web.tokens import Role, issue

from .small_course import SmallCourse

SERVICES = ("registration", "scheduling", "notifications", "reporting")


@dataclass(frozen=True, slots=True)
class House:
    """A served installation and what was played in it."""

    origin: str
    folder: Path
    log: Path
    course: SmallCourse = field(default_factory=SmallCourse)
    process: int = 0

    def token(
        self, role: Role, *, party: str | None = None, subject: str | None = None, good: int = 3600
    ) -> str:
        """A bearer token of the installation's own issuer."""
        named = subject or (f"{role}-{party}" if party else role)
        issuer = open_installation(self.folder).issuer()
        return issue(issuer, subject=named, role=role, party=party, seconds=good)

    def bearer(
        self, role: Role, *, party: str | None = None, subject: str | None = None
    ) -> Mapping[str, str]:
        """The header that signs a request."""
        return {"Authorization": f"Bearer {self.token(role, party=party, subject=subject)}"}

    def client(self, headers: Mapping[str, str] | None = None) -> httpx.Client:
        """Somebody who asks, without anything but what is given."""
        return httpx.Client(
            base_url=self.origin,
            headers=dict(headers or {}),
            timeout=60,
            trust_env=False,
            verify=authorities(),
        )

    def said(self) -> str:
        """Everything the server logged so far."""
        os.sync()
        return self.log.read_text(errors="replace")
