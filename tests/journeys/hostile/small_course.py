"""What there is in the small course, by the names that addresses and bodies have for it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .naughty import NAMES

KEPT_AS = "small_course.json"
NOWHERE = {
    "letter_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "certificate_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "code": "SPECIMEN-7",
    "outsider": "nobodys-system",
    "alias_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "meant_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "seat": "1",
    "phone": "+962790000000",
    "now": "2018-03-22T10:00:00Z",
    "event_type": "registration.call.opened.v1",
    "party": "JO",
    "country": "JO",
    "zone": "Asia/Amman",
}
OF_FIELD = {
    "project_id": "project-A",
    "activity_id": "activity-RUNNING-1",
    "call_id": "call-RUNNING-1",
    "session_id": "session",
    "venue_id": "venue",
    "nomination_id": "nomination-JO-11",
    "person_id": "officer-JO-21",
    "channel_id": "channel-JO",
    "assignment_id": "staff-instructor",
    "holder_id": "focal_point-JO",
    "deputy_id": "officer-JO-21",
    "request_id": "request-JO-31",
    "run_id": "run-DRAWN-1",
    "run_offer_id": "run_offer-JO-3",
    "list_id": "list-A",
    "import_id": "import-JO",
    "past_import_id": "past_import-JO",
    "participation_id": "participation-JO-1",
    "drawn_call_id": "call-DRAWN-1",
    "judged_call_id": "call-JUDGED-1",
    "seated_nomination_id": "nomination-JO-2",
}


@dataclass
class SmallCourse:
    """Ids of what there is, by a name; and paths of links by what they lead to."""

    ids: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def ids_by_field(self) -> Mapping[str, str]:
        """What stands for something real in a path, or in a body, by the name it has there."""
        return {**NOWHERE, **{name: self.ids[of] for name, of in OF_FIELD.items()}}

    def keep(self, folder: Path) -> None:
        """Write it beside the installation."""
        (folder / KEPT_AS).write_text(json.dumps(asdict(self)))


def kept_in(folder: Path) -> SmallCourse:
    """The course that was played in a folder."""
    return SmallCourse(**json.loads((folder / KEPT_AS).read_text()))


def nomination(party: str, number: int, *, women: int = 1, **more: Any) -> dict[str, Any]:
    """An officer of a party; the first ones are women. Names are as people and mischief write."""
    given, family = NAMES[number % len(NAMES)]
    officer = {
        "officer_reference": f"{party}-{number:03}",
        "names": [{"script": "Latn", "given": given, "family": family, "on_passport": True}],
        "sex": "female" if number <= women else "male",
        "unit": "immigration",
        "email": f"officer-{number}@{party.lower()}.example",
        "language": "en",
        **more,
    }
    return {"party": party, "officer": officer, "priority": number}
