"""Before the year begins: countries, a project for each region, its staff and national channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.demo.course import read_course
from shared.web.tokens import subject_of

from .asking import Desk, House
from .clock import settled
from .names import FAMILIES, MEN, WOMEN
from .world import REGIONS, Region, country_names

SINCE = "2018-01-01"


@dataclass
class Project:
    """What a region's people need to know of their project."""

    id: str
    instructor_id: str
    venue_id: str


@dataclass
class Organisation:
    """The projects by the code of their region."""

    house: House
    projects: dict[str, Project] = field(default_factory=dict)

    def coordinator(self, region: Region) -> Desk:
        """Plans, selects and closes in a region."""
        return self.house.desk("coordinator", subject=f"coordinator-{region.code}")

    def instructor(self, region: Region) -> Desk:
        """Teaches in a region, and takes attendance."""
        return self.house.desk("instructor", subject=f"instructor-{region.code}")

    def focal_point(self, party: str) -> Desk:
        """Nominates for a country."""
        return self.house.desk("focal_point", party=party)


async def found(house: House) -> Organisation:
    """Everything that stands before the first course is planned."""
    organisation, admin, names = Organisation(house), house.desk("admin"), country_names()
    for body in ("organiser", "donor"):
        await admin.post("/registration/parties", read_course().parties[body])
    for party, named in names.items():
        country = {"kind": "country", "party": party, "names": named}
        await admin.post("/registration/parties", country)
    await house.all_at_once(lambda region: _begin(organisation, region), REGIONS)
    await settled(admin)
    return organisation


async def _begin(organisation: Organisation, region: Region) -> None:
    admin, parties = organisation.house.desk("admin"), read_course().parties
    project = await admin.post(
        "/scheduling/projects",
        {
            "code": f"{region.code}-2019",
            "names": {"en": f"Specimen project {region.code}"},
            "starts_on": "2018-01-01",
            "ends_on": "2020-12-31",
            "donors": [parties["donor"]["party"]],
            "issuing_body": parties["organiser"]["names"],
        },
    )
    for party in region.parties:
        partner = {"party": party, "from_on": SINCE}
        await admin.post(f"/registration/projects/{project['id']}/partners", partner)
    await _appoint(admin, project["id"], region, "coordinator")
    instructor_id = await _appoint(admin, project["id"], region, "instructor")
    for party in region.parties:
        holder = await _register(admin, region, subject_of("focal_point", party), party)
        channel = {"party": party, "holder_id": holder, "from_on": SINCE}
        await admin.post(f"/registration/projects/{project['id']}/channels", channel)
    place = {"names": {"en": "Specimen Training Centre"}, "city": {"en": region.city}}
    venue = await admin.post("/scheduling/venues", {**place, "country": region.host})
    organisation.projects[region.code] = Project(project["id"], instructor_id, venue["id"])


async def _appoint(admin: Desk, project_id: str, region: Region, role: str) -> str:
    person_id = await _register(admin, region, f"{role}-{region.code}", None)
    appointed = {"person_id": person_id, "role": role, "from_on": SINCE}
    await admin.post(f"/registration/projects/{project_id}/staff", appointed)
    return person_id


async def _register(admin: Desk, region: Region, subject: str, party: str | None) -> str:
    number = sum(subject.encode())
    given = (WOMEN if number % 2 else MEN)[region.language][number % 12]
    family = FAMILIES[region.language][number % 16]
    known: Mapping[str, Any] = {
        "subject": subject,
        "names": [{"script": "Latn", "given": given[0], "family": family[0], "on_passport": True}],
        "sex": "female" if number % 2 else "male",
        "email": f"{subject.replace('_', '-').lower()}@office.example",
        "language": region.language,
        **({"party": party} if party else {}),
    }
    return str((await admin.post("/registration/persons", known))["id"])
