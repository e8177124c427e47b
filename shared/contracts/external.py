"""What other systems tell us: each type has one service that owns it, checks it and answers.

A fact of another system is a claim until its owner has accepted it. It names officers and
activities as its sender does; one alias per sender leads to ours.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import Event, Instant, Language, Part, PartyCode, Sex, date

TheirReference = Annotated[str, Field(min_length=1, max_length=100)]
"""How the sender calls an officer or an activity; for an activity, our reference also does."""
Personal = {"json_schema_extra": {"personal": True}}
"""Goes to the owning service alone; blanked wherever events are listed."""


class ExternalName(Part):
    """A name in one script (ISO 15924), as on the passport where so marked."""

    script: Literal["Latn", "Arab"]
    given: Annotated[str, Field(min_length=1, max_length=100, **Personal)]
    family: Annotated[str, Field(min_length=1, max_length=100, **Personal)]
    on_passport: bool = False


class ExternalOfficer(Part):
    """An officer as the sender knows them."""

    reference: TheirReference
    """The officer as the sender calls them, always by the same words."""
    names: Annotated[tuple[ExternalName, ...], Field(min_length=1, max_length=4)]
    """What the officer is called, in each script once."""
    sex: Sex = "not_stated"
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    unit_name: Annotated[str | None, Field(max_length=200, **Personal)] = None
    rank_title: Annotated[str | None, Field(max_length=100, **Personal)] = None
    rank_band: Annotated[str | None, Field(max_length=40)] = None
    """junior, mid or senior."""
    specialisms: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Codes of what the officer is specialised in."""
    languages: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """The languages (BCP 47) the officer works in, beside the one they are written to in."""
    serving_since: Annotated[date | None, Field(**Personal)] = None
    """Since when the officer serves."""
    email: Annotated[str | None, Field(max_length=254, **Personal)] = None
    phone: Annotated[str | None, Field(max_length=40, **Personal)] = None
    """E.164, or as it is dialled in the party's country."""
    language: Language = "en"
    wants_sms: bool = False


class ExternalDeclaration(Part):
    """A declaration that an officer signed, as the sender attests."""

    version: Annotated[str, Field(min_length=1, max_length=40)]
    """Which version of the text."""
    signed_on: date
    """When it was signed."""


class ExternalNominationSubmitted(
    Event, type="external.nomination.submitted.v1", aggregate="activity"
):
    """A party nominates an officer in the open call of an activity."""

    party: PartyCode
    activity: TheirReference
    """The activity: by our reference, or by what the sender calls it."""
    officer: ExternalOfficer
    """Who is put forward, as the sender knows them."""
    priority: Annotated[int, Field(ge=1, le=1000)]
    """The party's own order: 1 is sent first."""
    declaration: ExternalDeclaration | None = None
    """The declaration that the officer signed, where the call asks for one."""


class ExternalAttendanceRecorded(
    Event, type="external.attendance.recorded.v1", aggregate="activity"
):
    """An officer was, or was not, at a session."""

    party: PartyCode
    activity: TheirReference
    """The activity: by our reference, or by what the sender calls it."""
    session: Annotated[int, Field(ge=1, le=1000)]
    """The session's number in the activity."""
    officer: TheirReference
    """The officer as the sender calls them."""
    status: Literal["present", "late", "excused", "absent"]
    """Late counts as present; excused explains an absence."""
    recorded_at: Instant | None = None
    """When it was written down there."""


class ExternalCompletionReported(
    Event, type="external.completion.reported.v1", aggregate="activity"
):
    """An officer has completed an activity held elsewhere, or has not."""

    party: PartyCode
    activity: TheirReference
    """The activity: by our reference, or by what the sender calls it."""
    officer: TheirReference
    """The officer as the sender calls them."""
    outcome: Literal["completed", "not_completed"]
    """What it came to for the officer."""
    on: date
    """The day of the outcome."""


EVENTS: tuple[type[Event], ...] = (
    ExternalNominationSubmitted,
    ExternalAttendanceRecorded,
    ExternalCompletionReported,
)
OWNERS: Mapping[str, str] = MappingProxyType(
    {
        ExternalNominationSubmitted.type: "registration",
        ExternalAttendanceRecorded.type: "scheduling",
        ExternalCompletionReported.type: "scheduling",
    }
)
"""Which service owns each type: it alone receives and answers it."""
EXTERNAL: Mapping[str, type[Event]] = MappingProxyType({event.type: event for event in EVENTS})
"""Every type that outsiders may send, by its name."""
