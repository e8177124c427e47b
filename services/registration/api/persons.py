"""Parties and persons."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotAllowed, NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.people import DescribeParty, DescribePerson, RegisterParty
from ..commands import erasure, parties, persons
from ..queries import persons as queries
from ..queries.persons import ErasureShown, PartyShown, PersonShown
from ..refusals.people import (
    OfficerReferenceIsTaken,
    PartyExists,
    PartyIsNotRegistered,
    PersonIsErased,
    PhoneIsNotValid,
    SubjectIsTaken,
)

routes = router()
VERSIONED = (VersionIsMissing, VersionHasMoved)
PERSONAL = (PartyIsNotRegistered, PhoneIsNotValid, SubjectIsTaken, OfficerReferenceIsTaken)


@routes.post(
    "/parties",
    status_code=201,
    tags=["parties"],
    response_model=PartyShown,
    responses=documented(PartyExists, NotAllowed),
)
async def register_party(
    asked: AskedBy, party: Annotated[RegisterParty, Depends(JsonBody(RegisterParty))]
) -> Response:
    """Register a party: a country, or another body that nominates (admin)."""
    return await asked.perform(
        partial(parties.register_party, asked=party),
        audited=Audited("register-party", f"party/{party.party}"),
        show=partial(queries.show_party, code=party.party),
        status=201,
    )


@routes.get("/parties", tags=["parties"])
async def list_parties(asked: AskedBy, place: Paged) -> Listed[PartyShown]:
    """All parties."""
    return await asked.read(partial(queries.list_parties, place=place))


@routes.get("/parties/{party}", tags=["parties"], responses=documented(NotFound))
async def show_party(asked: AskedBy, party: str, response: Response) -> PartyShown:
    """One party."""
    shown = await asked.read(partial(queries.show_party, code=party))
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.put(
    "/parties/{party}",
    tags=["parties"],
    response_model=PartyShown,
    responses=documented(NotFound, *VERSIONED),
)
async def describe_party(
    asked: AskedBy,
    party: str,
    described: Annotated[DescribeParty, Depends(JsonBody(DescribeParty))],
) -> Response:
    """Change how a party is named, or whose calendar it keeps (admin)."""
    version = asked.expected_version
    return await asked.perform(
        partial(parties.describe_party, code=party, asked=described, version=version),
        audited=Audited("describe-party", f"party/{party[:20]}"),
        show=partial(queries.show_party, code=party),
    )


@routes.post(
    "/persons",
    status_code=201,
    tags=["persons"],
    response_model=PersonShown,
    responses=documented(NotAllowed, *PERSONAL),
)
async def register_person(
    asked: AskedBy, person: Annotated[DescribePerson, Depends(JsonBody(DescribePerson))]
) -> Response:
    """Register whoever is written to or named: officer, focal point, staff (coordinator)."""
    person_id = new_id()
    return await asked.perform(
        partial(persons.register_person, person_id=person_id, asked=person),
        audited=Audited("register-person", f"person/{person_id}"),
        show=partial(queries.show_person, person_id=person_id),
        status=201,
        person_id=person_id,
    )


@routes.get("/persons", tags=["persons"])
async def list_persons(asked: AskedBy, place: Paged) -> Listed[PersonShown]:
    """The persons the caller may see; auditors read coded data only, with nothing personal."""
    return await asked.read(partial(queries.list_persons, place=place))


@routes.get("/persons/{person_id}", tags=["persons"], responses=documented(NotFound))
async def show_person(asked: AskedBy, person_id: UUID, response: Response) -> PersonShown:
    """One person; auditors read coded data only: no names, contact, rank title or reference."""
    shown = await asked.read(partial(queries.show_person, person_id=person_id))
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.put(
    "/persons/{person_id}",
    tags=["persons"],
    response_model=PersonShown,
    responses=documented(NotFound, NotAllowed, PersonIsErased, *PERSONAL, *VERSIONED),
)
async def change_person(
    asked: AskedBy,
    person_id: UUID,
    person: Annotated[DescribePerson, Depends(JsonBody(DescribePerson))],
) -> Response:
    """Change what is known of a person (coordinator)."""
    version = asked.expected_version
    return await asked.perform(
        partial(persons.change_person, person_id=person_id, asked=person, version=version),
        audited=Audited("change-person", f"person/{person_id}"),
        show=partial(queries.show_person, person_id=person_id),
        person_id=person_id,
    )


@routes.post(
    "/persons/{person_id}/erasure",
    status_code=202,
    tags=["persons"],
    response_model=ErasureShown,
    responses=documented(NotAllowed, NotFound),
)
async def erase_person(asked: AskedBy, person_id: UUID) -> Response:
    """Forget a person in every service; each answers with a receipt (admin)."""
    return await asked.perform(
        partial(erasure.erase_person, person_id=person_id),
        audited=Audited("erase-person", f"person/{person_id}"),
        show=partial(queries.show_erasure, person_id=person_id),
        status=202,
    )


@routes.get("/persons/{person_id}/erasure", tags=["persons"], responses=documented(NotFound))
async def show_erasure(asked: AskedBy, person_id: UUID) -> ErasureShown:
    """Which services have forgotten a person (admin, auditor)."""
    return await asked.read(partial(queries.show_erasure, person_id=person_id))
