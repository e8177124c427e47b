"""What must be there before the stream begins: a project, a party, two people to write to, and
another system that nominates for the party."""

from dataclasses import dataclass

from deploy.demo.client import Caller
from deploy.demo.connection import connected
from shared.contracts.external import ExternalNominationSubmitted

PARTY = "JO"
HOLDER, DEPUTY = "holder@ncb.jo.example", "+12025550102"
"""The holder of the channel is written to by mail, the deputy by SMS."""
OUTSIDER = "jo-hr"
SINCE = "2018-01-01"
STORY = "2018-03-01T08:00:00+00:00"


@dataclass(frozen=True)
class Scene:
    """Where an installation answers, and to whom; the project that everything happens in."""

    origin: str
    token: str
    project_id: str
    key: str
    """Of the other system."""


def set_the_scene(origin: str, token: str) -> Scene:
    """Make a new installation ready for the stream."""
    with connected(origin, Authorization=f"Bearer {token}") as http:
        admin = Caller(http, "the administrator")
        names = {"en": "Specimen"}
        admin.post("/registration/parties", {"party": PARTY, "kind": "country", "names": names})
        period = {"starts_on": SINCE, "ends_on": "2018-12-31"}
        project = admin.post("/scheduling/projects", {"code": "FAULTS", "names": names, **period})
        place = f"/registration/projects/{project['id']}"
        admin.post(f"{place}/partners", {"party": PARTY, "from_on": SINCE})
        holder = _person(admin, "Holder", email=HOLDER)
        deputy = _person(admin, "Deputy", phone=DEPUTY, wants_sms=True)
        channel = {"party": PARTY, "holder_id": holder, "deputy_id": deputy, "from_on": SINCE}
        admin.post(f"{place}/channels", channel)
        types = {"sends": [ExternalNominationSubmitted.type], "receives": []}
        described = {"outsider": OUTSIDER, "parties": [PARTY], **types}
        system = admin.post("/registration/outsiders", described)
        return Scene(origin, token, project["id"], system["key"])


def _person(admin: Caller, name: str, **reached: object) -> str:
    described = {
        "party": PARTY,
        "subject": name.lower(),
        "names": [{"script": "Latn", "given": "Specimen", "family": name}],
        "sex": "not_stated",
        "language": "en",
        **reached,
    }
    return str(admin.post("/registration/persons", described)["id"])
