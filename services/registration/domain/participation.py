"""What an officer's part in an activity comes to, by what scheduling says of it."""

from typing import Literal

Outcome = Literal["attended", "completed", "failed"]


def outcome_of(status: str | None, sessions_attended: int, *, was_there: bool) -> Outcome | None:
    """None: nothing yet, or nothing at all, as of one who never came.

    `status` is the enrolment's, None while only attendance is known of it."""
    if status == "completed":
        return "completed"
    if not (was_there or sessions_attended):
        return None
    return "failed" if status == "failed" else "attended"
