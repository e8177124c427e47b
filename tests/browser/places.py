"""Every page there is to look at: in which scene, and who looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tests.browser.scenes import THE_END, Scene, Who

COORDINATOR, AUDITOR = Who("coordinator"), Who("auditor")
JORDAN, PALESTINE = Who("focal_point", "JO"), Who("focal_point", "PS")


@dataclass(frozen=True, slots=True)
class Place:
    """One page. An address that ends in `…` is completed by the link of a mail."""

    scene: str
    address: str
    who: Who | None = None
    status: int = 200

    async def path(self, scene: Scene) -> str:
        """The address in a scene."""
        if not self.address.endswith("…"):
            return self.address.format(**scene.ids)
        return await scene.link_to(self.address.removesuffix("…"))


CALL, ACTIVITY = "/registration/calls/{call}/page", "/scheduling/activities/{activity}/page"
REPORT, SHEET = "/reporting/activities/{activity}/report", "/scheduling/sessions/{session_1}/page"
NOBODYS_CALL = "/registration/calls/0190a2b0-0000-7000-8000-000000000000/page"

PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "home": Place(THE_END, "/"),
        "calls": Place(THE_END, "/registration/", COORDINATOR),
        "call of a coordinator": Place(THE_END, CALL, COORDINATOR),
        "call of a focal point": Place(THE_END, CALL, JORDAN),
        "call that is open": Place("open_the_call", CALL, PALESTINE),
        "call with nominees": Place("nominate_singly", CALL, JORDAN),
        "call with offers": Place("select_the_panel", CALL, JORDAN),
        "offer": Place("select_the_panel", "/registration/offer/…"),
        "offer that has ended": Place(THE_END, "/registration/offer/…", status=410),
        "activities": Place(THE_END, "/scheduling/", COORDINATOR),
        "activity": Place(THE_END, ACTIVITY, COORDINATOR),
        "activity of a focal point": Place(THE_END, ACTIVITY, JORDAN),
        "activity to come": Place("fill_the_freed_seat", ACTIVITY, COORDINATOR),
        "attendance": Place("hold_the_days", SHEET, COORDINATOR),
        "attendance that is closed": Place(THE_END, SHEET, COORDINATOR),
        "joining": Place(THE_END, "/scheduling/joining/…"),
        "certificate": Place(THE_END, "/scheduling/certificate/…"),
        "certificate check": Place(THE_END, "/scheduling/check"),
        "deliveries": Place(THE_END, "/notifications/", COORDINATOR),
        "mailbox": Place(THE_END, "/mailbox/"),
        "mail": Place(THE_END, "/mailbox/read/30"),
        "SMS": Place(THE_END, "/mailbox/read/3"),
        "reports": Place(THE_END, "/reporting/", AUDITOR),
        "report": Place(THE_END, REPORT, COORDINATOR),
        "report of a focal point": Place(THE_END, REPORT, JORDAN),
        "report of the project": Place(THE_END, "/reporting/projects/{project}/report", AUDITOR),
        "report before nominations": Place("open_the_call", REPORT, COORDINATOR),
        "event catalogue": Place(THE_END, "/events"),
        "event": Place(THE_END, "/events/registration.seat.offered.v1"),
        "sign-in needed": Place(THE_END, "/registration/", status=401),
        "not there": Place(THE_END, NOBODYS_CALL, COORDINATOR, status=404),
        "no such page": Place(THE_END, "/nothing/here", status=404),
    }
)
