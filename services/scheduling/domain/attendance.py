"""What is written beside an officer's name at a session."""

from enum import StrEnum


class Attendance(StrEnum):
    """`excused` explains an absence; it does not replace it."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def attended(self) -> bool:
        """Late counts as present."""
        return self in (Attendance.PRESENT, Attendance.LATE)
