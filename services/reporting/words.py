"""The words for codes and headings, for pages and files alike; `_` says a word in a language."""

from collections.abc import Callable
from dataclasses import dataclass

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, by code; a code without a word is shown as it is."""

    measures: Words
    sexes: Words
    units: Words
    kinds: Words
    deliveries: Words
    states: Words
    messages: Words
    channels: Words
    statuses: Words
    headings: Words


def vocabulary(_: Callable[[str], str]) -> Vocabulary:
    """Everything that figures are labelled with."""
    return Vocabulary(
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
            "certificate_issued": _("Certificate"),
            "certificate_replaced": _("New certificate"),
            "certificate_revoked": _("Revoked certificate"),
            "outcome_announced": _("Outcome of the selection"),
            "seat_held": _("Seat to decide on"),
            "nomination_returned": _("Returned nomination"),
            "nomination_ineligible": _("Nomination not eligible"),
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
            "days": _("Days attended"),
            "certificates": _("Certificates"),
            "issued": _("Issued"),
            "revoked": _("Revoked"),
            "deliveries": _("Messages"),
        },
    )
