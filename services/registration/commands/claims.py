"""What other systems ask of registration: to put an officer forward, as a focal point would."""

import json
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Claim, Event
from shared.contracts.external import ExternalNominationSubmitted
from shared.contracts.registration import NominationSubmitted
from shared.database import take_turns
from shared.ids import new_id
from shared.outsiders import alias, meant_by
from shared.refusals import Fault, NotFound, Refused
from shared.web.problems import FieldsAreNotValid, faults_of

from ..bodies.nominations import NominateOfficer
from ..facts import alias_described
from ..loading import Stored, by_id, first
from ..nominees.officers import KEPT_UNLESS_SAID
from ..refusals.outsiders import ActivityIsNotKnown, AliasDoesNotFit
from ..refusals.people import OfficerReferenceIsTaken
from ..tables import activity, call, person
from .nominations import nominate_officer

Submitted = Claim[ExternalNominationSubmitted]


async def when_outsider_submits_a_nomination_put_the_officer_forward(
    work: Work, claim: Submitted
) -> Outcome:
    """The officer is the one meant by the sender's reference, else the one whom the party calls
    so, else somebody new; the sender's later claims find them by it."""
    await _alone_with(work, claim)
    call_id = await _open_call(work, claim)
    asked = _asked(claim, await _own_reference(work, claim))
    try:
        outcome = await nominate_officer(work, call_id, new_id(), asked)
    except NotFound:
        raise _not_known() from None
    if isinstance(outcome, Refused):
        return _not_known() if isinstance(outcome, NotFound) else outcome
    nominated = [one for one in outcome or () if isinstance(one, NominationSubmitted)]
    return [*await _named(work, claim, nominated[0].person_id), *(outcome or ())]


async def _alone_with(work: Work, claim: Submitted) -> None:
    """Nothing else is carried out beside of this sender and reference, whatever party it is said
    for: who comes second finds whom it stands for by then."""
    reference = claim.event.officer.reference
    await take_turns(work.connection, f"alias {claim.outsider} {reference}")


async def _open_call(work: Work, claim: Submitted) -> UUID:
    """The call of the activity that is meant. Raises `ActivityIsNotKnown`: who answers a call was
    told its reference, and a quick no before the deadline serves better than to wait for a person.
    """
    said = claim.event.activity
    meant = await meant_by(work, claim.outsider, "activity", said)
    which = activity.c.id == meant.id if meant else activity.c.reference == said
    query = select(call.c.id).join(activity, activity.c.id == call.c.activity_id).where(which)
    found = await first(work, query)
    if found is None:
        raise _not_known()
    call_id: UUID = found["id"]
    return call_id


def _not_known() -> ActivityIsNotKnown:
    return ActivityIsNotKnown(faults=[Fault("activity", "not-known", "No call asks for it.")])


async def _own_reference(work: Work, claim: Submitted) -> str:
    """How the party calls the officer whom the sender means; the sender's own words otherwise.

    Raises `AliasDoesNotFit` for another party's officer.
    """
    said = claim.event
    meant = await meant_by(work, claim.outsider, "officer", said.officer.reference)
    if meant is None:
        return said.officer.reference
    kept = await by_id(work, person, meant.id)
    if kept["party"] != said.party:
        other = Fault("officer.reference", "another-party", "Another party's officer.")
        raise AliasDoesNotFit(faults=[other])
    known: str | None = kept["officer_reference"]
    return known or await _take_reference(work, kept, said.officer.reference)


async def _take_reference(work: Work, kept: Stored, reference: str) -> str:
    """An officer whom the party did not call anything yet. Raises `OfficerReferenceIsTaken`."""
    same = (person.c.party == kept["party"]) & (person.c.officer_reference == reference)
    if await first(work, select(person.c.id).where(same)):
        raise OfficerReferenceIsTaken
    mine = person.update().where(person.c.id == kept["id"])
    await work.connection.execute(mine.values(officer_reference=reference))
    return reference


def _asked(claim: Submitted, reference: str) -> NominateOfficer:
    """The nomination as a focal point's. Raises `FieldsAreNotValid`."""
    said = claim.event
    unsaid = {one for one in KEPT_UNLESS_SAID if one not in said.officer.model_fields_set}
    described = said.officer.model_dump(mode="json", exclude={"reference", *unsaid})
    officer = {**described, "officer_reference": reference}
    asked = {
        "officer": officer,
        **said.model_dump(mode="json", include={"party", "priority", "declaration"}),
    }
    try:
        return NominateOfficer.model_validate_json(json.dumps(asked))
    except ValidationError as error:
        faults = [_as_sent(one) for one in faults_of(error.errors())]
        raise FieldsAreNotValid(faults=faults) from None


def _as_sent(fault: Fault) -> Fault:
    path = fault.path.replace("officer.officer_reference", "officer.reference")
    return Fault(path, fault.code, fault.message)


async def _named(work: Work, claim: Submitted, person_id: UUID) -> list[Event]:
    """From now on the sender's reference means this officer; nothing where it did before."""
    said = {
        "outsider": claim.outsider,
        "kind": "officer",
        "reference": claim.event.officer.reference,
    }
    kept = await first(work, select(alias).filter_by(**said))
    if kept and kept["meant_id"] is not None:
        return []
    row: dict[str, Any] = {
        **said,
        "id": kept["id"] if kept else new_id(),
        "party": claim.event.party,
        "meant_id": person_id,
        "sequence": kept["sequence"] + 1 if kept else 1,
    }
    if kept:
        await work.connection.execute(alias.update().where(alias.c.id == row["id"]).values(**row))
    else:
        await work.connection.execute(alias.insert().values(**row))
    return [alias_described(row)]
