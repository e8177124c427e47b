"""What every act has at hand: the course, who acts, the clock, the mail, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .cast import Cast
from .course import Course
from .failures import PlayFailed
from .mail import Mailbox
from .story import Story
from .telling import Teller


class NotAsItShouldBe(PlayFailed):
    """Something came out otherwise than the course says it must; the words say what."""


@dataclass
class Stage:
    """The play so far."""

    course: Course
    cast: Cast
    story: Story
    mail: Mailbox
    teller: Teller
    project_id: str = ""
    activity_id: str = ""
    call_id: str = ""
    persons: dict[str, str] = field(default_factory=dict)
    """Ids of staff and focal points, by what they sign in with."""
    sessions: list[Any] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    """Officers as registration knows them, by person id."""

    def nominations(self) -> Sequence[Any]:
        """Every nomination as it stands now."""
        address = f"/registration/calls/{self.call_id}/nominations"
        return list(self.cast.coordinator.listed(address))

    def officer(self, person_id: str) -> Any:
        """An officer as registration knows them."""
        if person_id not in self.details:
            everyone = self.cast.admin.listed("/registration/persons")
            self.details = {one["id"]: one for one in everyone}
        return self.details[person_id]

    def address_of(self, person_id: str) -> str:
        """Where an officer gets mail."""
        return str(self.officer(person_id)["email"])

    def expect(self, what: str, found: object, due: object) -> None:
        """Raises `NotAsItShouldBe` when a count or an answer is not what it must be."""
        if found != due:
            raise NotAsItShouldBe(f"{what}: {found!r}, and it should be {due!r}")


def in_english(number: int, one: str, several: str = "") -> str:
    """A number with its noun: `1 seat`, `25 seats`."""
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"
