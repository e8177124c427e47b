"""Everyone who acts in the play, each signed in as themselves; officers come with a link only."""

from dataclasses import dataclass, field

from .client import AskingFailed, Caller
from .connection import connected
from .visitor import Visitor


@dataclass
class Cast:
    """The callers of one installation, made as they are needed by an admin's persona links."""

    origin: str
    admin: Caller
    through: str = ""
    """Where the origin is reached from here, if not by its own name."""
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
        return Visitor(self.origin, self.through)

    def persona_link(self, role: str, party: str | None = None, subject: str | None = None) -> str:
        """A link that signs one visitor in, once."""
        persona = {"role": role, "party": party, "subject": subject}
        told = {name: value for name, value in persona.items() if value is not None}
        return str(self.admin.post("/personas", told)["link"])

    def _as(self, role: str, party: str | None = None, subject: str | None = None) -> Caller:
        who = subject_of(role, party, subject)
        known = self._signed_in.get((role, party, who))
        if known is None:
            known = self._signed_in[role, party, who] = self._enter(role, party, subject)
        return known

    def _enter(self, role: str, party: str | None, subject: str | None) -> Caller:
        """A link does not outlive the process that made it: once more, if it is gone."""
        who = subject_of(role, party, subject)
        try:
            return Caller(self.visitor().enter(self.persona_link(role, party, subject)), who)
        except AskingFailed:
            return Caller(self.visitor().enter(self.persona_link(role, party, subject)), who)


def admitted(origin: str, token: str, through: str = "") -> Cast:
    """The cast of an installation whose admin's token we hold."""
    http = connected(origin, through=through, Authorization=f"Bearer {token}")
    return Cast(origin, Caller(http, "admin"), through)


def subject_of(role: str, party: str | None = None, subject: str | None = None) -> str:
    """What somebody signs in with, when nothing else was said."""
    return subject or (f"{role}-{party}" if party else role)
