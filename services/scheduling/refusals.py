"""The business no of scheduling: each named, each a documented answer."""

from shared.refusals import Refused


class ProjectExists(Refused):
    """Another project has this code."""

    title = "A project with this code exists"


class ActivityExists(Refused):
    """Another activity has this reference."""

    title = "An activity with this reference exists"


class ActivityIsClosed(Refused):
    """The activity was closed or cancelled; its record stands."""

    title = "The activity is closed"


class ActivityIsNotClosed(Refused):
    """Attendance is written down until closing; only what was closed is corrected."""

    title = "The activity is not closed: write attendance down instead"


class TimeIsAhead(Refused):
    """Another system says when something was that is still to come by our clock."""

    title = "What is said to have been is still to come"


class SessionExists(Refused):
    """The activity has a session with this number."""

    title = "The activity has a session with this number"


class SessionCannotBeHeldSo(Refused):
    """A session ends before it starts, lies outside its activity, or clashes with another."""

    title = "The session cannot be held as planned"


class SessionsWouldLieOutside(Refused):
    """Sessions are planned on days that would no longer belong to the activity."""

    title = "Sessions would lie outside the activity"


class ThereIsNoSuchTime(Refused):
    """The clocks of the zone jump over this local time."""

    status = 422
    title = "There is no such time in that zone"


class InstructorIsNotAssigned(Refused):
    """An instructor must be assigned to the project as instructor on the day of the session."""

    title = "Not everyone named is an instructor of the project on that day"


class ParticipantIsNotNominated(Refused):
    """A session of a few is for officers who were nominated for its activity."""

    title = "Not everyone named was nominated for this activity"


class AttendanceIsWrittenDown(Refused):
    """Officers who have a mark at a session took part in it: correct the mark instead."""

    title = "Officers taken out of the session have a mark at it"


class NothingIsPlanned(Refused):
    """The activity has no session that is held."""

    title = "The activity has no session"


class SessionIsNotPlanned(Refused):
    """The activity has no session with this number."""

    title = "The activity has no session with this number"


class AttendanceDecides(Refused):
    """Sessions of the activity are held here: who completes it follows from attendance."""

    title = "Attendance decides who completes this activity"


class DayIsNotPossible(Refused):
    """A completion lies between the first day of the activity and today."""

    title = "This day is not possible"


class SessionHasNotStarted(Refused):
    """Attendance is taken from the start of a session on."""

    title = "The session has not started"


class SessionIsCancelled(Refused):
    """The session is not held."""

    title = "The session is cancelled"


class OfficerIsNotEnrolled(Refused):
    """Attendance is taken of officers who are enrolled and take part in the session."""

    title = "Not everyone named takes part in this session"


class ActivityIsNotOver(Refused):
    """An activity is closed after the end of its last session."""

    title = "The activity is not over"


class AttendanceIsMissing(Refused):
    """Officers are without a mark at sessions that were held; `errors` names the sessions."""

    title = "Attendance is missing"


class IssuingBodyIsMissing(Refused):
    """Certificates need a body that issues them: name it in the project."""

    title = "The project does not say who issues its certificates"


class CertificateIsRevoked(Refused):
    """The certificate no longer stands."""

    status = 410
    title = "This certificate was revoked"


class PlaceIsCancelled(Refused):
    """The officer no longer takes part in the activity."""

    status = 410
    title = "This place was cancelled"


class NotAssigned(Refused):
    """Calendars and venues are common to all projects: whoever changes them coordinates one."""

    status = 403
    title = "You are assigned to no project today"
