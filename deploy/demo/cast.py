"""Everyone who acts in the play, each signed in as themselves; officers come with a link only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from .client import ANSWER_IN_TIME, Caller
from .visitor import Visitor


@dataclass
class Cast:
    """The callers of one installation, made as they are needed by an admin's persona links."""

    origin: str
    admin: Caller
    _signed_in: dict[tuple[str, str | None, str], Caller] = field(default_factory=dict)

    @property
    def coordinator(self) -> Caller:
        """Plans, selects, closes."""
        return self._as("coordinator")

    @property
    def auditor(self) -> Caller:
        """Reads the accounts."""
        return self._as("auditor")

    def instructor(self, subject: str) -> Caller:
        """Teaches, and takes attendance."""
        return self._as("instructor", subject=subject)

    def focal_point(self, party: str) -> Caller:
        """Nominates for one country."""
        return self._as("focal_point", party)

    def visitor(self) -> Visitor:
        """Whoever holds a link."""
        return Visitor(self.origin)

    def persona_link(self, role: str, party: str | None = None, subject: str | None = None) -> str:
        """A link that signs one visitor in, once."""
        persona = {"role": role, "party": party, "subject": subject}
        told = {name: value for name, value in persona.items() if value is not None}
        return str(self.admin.post("/personas", told)["link"])

    def _as(self, role: str, party: str | None = None, subject: str | None = None) -> Caller:
        who = subject_of(role, party, subject)
        known = self._signed_in.get((role, party, who))
        if known is None:
            link = self.persona_link(role, party, subject)
            known = self._signed_in[role, party, who] = Caller(self.visitor().enter(link), who)
        return known


def admitted(origin: str, token: str) -> Cast:
    """The cast of an installation whose admin's token we hold."""
    headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"}
    http = httpx.Client(base_url=origin, headers=headers, timeout=ANSWER_IN_TIME, trust_env=False)
    return Cast(origin, Caller(http, "admin"))


def subject_of(role: str, party: str | None = None, subject: str | None = None) -> str:
    """What somebody signs in with, when nothing else was said."""
    return subject or (f"{role}-{party}" if party else role)
