"""The words for codes and headings, for pages and files alike; `_` says a word in a language."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.contracts.event import Language
from shared.web.dates import written_in

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, by code; a code without a word is shown as it is."""

    measures: Words
    sexes: Words
    units: Words
    bands: Words
    outcomes: Words
    methods: Words
    kinds: Words
    deliveries: Words
    states: Words
    messages: Words
    channels: Words
    statuses: Words
    headings: Words
    tongue: Callable[[str], str]

    def trait(self, dimension: str, value: str) -> str:
        """What officers bring: a rank band, a specialism (called as units are), a language."""
        if dimension == "language":
            return self.tongue(value)
        return (self.bands if dimension == "rank_band" else self.units).get(value, value)

    def method(self, code: str, *, with_board: bool) -> str:
        """How a selection was made."""
        return self.methods.get("by_board" if with_board else code, code)


def vocabulary(_: Callable[[str], str], language: Language) -> Vocabulary:
    """Everything that figures are labelled with."""
    return Vocabulary(
        tongue=written_in(language)["tongue"],
        measures={
            "nominated": _("Nominated"),
            "selected": _("Selected"),
            "confirmed": _("Confirmed"),
            "attended": _("Attended"),
            "completed": _("Completed"),
            "participations": _("Participations"),
            "officers": _("Officers"),
        },
        sexes={"women": _("Women"), "men": _("Men"), "not_stated": _("Not stated")},
        units={
            "immigration": _("Immigration"),
            "counter_smuggling": _("Counter-smuggling"),
            "anti_trafficking": _("Anti-trafficking"),
            "border_management": _("Border management"),
            "biometrics": _("Biometrics"),
            "criminal_intelligence": _("Criminal intelligence"),
            "investigation": _("Investigation"),
            "open_source": _("Open-source investigation"),
            "training": _("Training"),
            "ncb": _("National Central Bureau"),
            "project_management": _("Project management"),
            "other": _("Other"),
        },
        bands={"junior": _("Junior"), "mid": _("Middle"), "senior": _("Senior")},
        outcomes={
            "submitted": _("Submitted"),
            "ineligible": _("Not eligible"),
            "returned": _("Returned"),
            "selected": _("Offered a seat"),
            "waitlisted": _("On the waiting list"),
            "not_selected": _("Not selected"),
            "confirmed": _("Seat confirmed"),
            "declined": _("Declined"),
            "expired": _("Not answered in time"),
            "withdrawn": _("Withdrawn"),
            "replaced": _("Replaced"),
        },
        methods={
            "merit": _("Ranks of the parties and merit"),
            "by_board": _("Scores of the board, then ranks of the parties"),
            "lottery": _("Fair lottery"),
        },
        kinds={
            "course": _("Course"),
            "webinar": _("Webinar"),
            "workshop": _("Workshop"),
            "meeting": _("Meeting"),
            "conference": _("Conference"),
            "field_exercise": _("Field exercise"),
            "assessment_visit": _("Assessment visit"),
            "mentoring": _("Mentoring"),
            "deployment": _("Deployment"),
        },
        deliveries={
            "classroom": _("Classroom"),
            "online_led": _("Online, instructor-led"),
            "online_self_paced": _("Online, self-paced"),
            "blended": _("Blended"),
        },
        states={
            "planned": _("Planned"),
            "closed": _("Concluded"),
            "cancelled": _("Cancelled"),
        },
        messages={
            "call_opened": _("Call for nominations"),
            "seat_offered": _("Offer of a seat"),
            "joining_instructions": _("Joining instructions"),
            "session_reminder": _("Reminder of a session"),
            "session_changed": _("Changed session"),
            "activity_cancelled": _("Cancelled activity"),
            "certificate_issued": _("Certificate"),
            "certificate_replaced": _("New certificate"),
            "certificate_revoked": _("Revoked certificate"),
            "outcome_announced": _("Outcome of the selection"),
            "seat_held": _("Seat to decide on"),
            "nomination_returned": _("Returned nomination"),
            "nomination_ineligible": _("Nomination not eligible"),
            "offer_ended": _("Seat not taken"),
            "reviewer_appointed": _("Scores of a selection board"),
            "reviewer_reminded": _("Reminder of a selection board"),
            "change_asked": _("Change asked for"),
            "change_decided": _("Change decided"),
            "seat_taken_back": _("Cancelled seat"),
            "deadline_extended": _("Extended deadline"),
            "call_below_minimum": _("Call below its minimum"),
            "call_ended": _("Ended call"),
            "waiting_list_closed": _("Waiting list closed"),
            "other_run_offered": _("Nomination for another run"),
            "follow_up_asked": _("Form before the activity"),
            "follow_up_reminded": _("Reminder of a form"),
            "visa_letter_issued": _("Letter of invitation"),
            "visa_letter_void": _("Void letter of invitation"),
        },
        channels={"email": _("Email"), "sms": _("SMS")},
        statuses={
            "sent": _("Sent"),
            "refused": _("Refused by the receiver"),
            "unsettled": _("Unsettled"),
            "not_sent": _("Not sent"),
        },
        headings={
            "group": _("Group"),
            "code": _("Code"),
            "name": _("Name"),
            "measure": _("Measure"),
            "total": _("Total"),
            "women_share": _("Women, per cent"),
            "overall": _("All"),
            "party": _("Party"),
            "unit": _("Unit"),
            "rank_band": _("Rank band"),
            "specialism": _("Specialism"),
            "language": _("Working language"),
            "first_time": _("First-time participants"),
            "outcomes": _("Where nominations stand"),
            "nominations": _("Nominations"),
            "calls": _("Calls for nominations"),
            "ended": _("Ended calls"),
            "seats": _("Seats"),
            "minimum_seats": _("Seats at least"),
            "selections": _("Selections"),
            "method": _("Method"),
            "waitlisted": _("On the waiting list"),
            "runs": _("Runs"),
            "overrides": _("Changes by persons"),
            "days": _("Days attended"),
            "certificates": _("Certificates"),
            "issued": _("Issued"),
            "revoked": _("Revoked"),
            "deliveries": _("Messages"),
        },
    )
