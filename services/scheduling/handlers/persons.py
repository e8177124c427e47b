"""The private copy of persons: for attendance lists, papers and the check, and forgetting it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import PersonDetailsChanged, PersonErased
from shared.contracts.scheduling import SchedulingErasureConfirmed
from shared.database import upsert_newest
from shared.erasure import forget

from ..tables import certificate, correction, person

NEWER_THAN_ALL = 2**63 - 1


async def keep_person(work: Work, facts: Sequence[Fact[PersonDetailsChanged]]) -> None:
    """Newest: keep what scheduling needs of a person, never of one who was erased."""
    erased = await work.erased(*(fact.event.person_id for fact in facts))
    rows = [
        {
            "id": fact.event.person_id,
            "party": fact.event.party,
            "calendar_country": fact.event.calendar_country,
            "names": [name.model_dump() for name in fact.event.names],
            "language": fact.event.language,
            "contact_directly": fact.event.contact_directly,
            "sequence": fact.sequence,
        }
        for fact in facts
        if fact.event.person_id not in erased
    ]
    work.stale += len(facts) - len(await upsert_newest(work.connection, person, rows))


async def when_person_is_erased_forget_them(work: Work, fact: Fact[PersonErased]) -> Outcome:
    """Each: blank the copy and the papers; the id stays, so that nothing late brings them back.

    The blank row comes first: whoever writes about the person at this moment waits for it.
    """
    person_id = fact.event.person_id
    blank: dict[str, Any] = {
        "id": person_id,
        "party": None,
        "calendar_country": None,
        "names": [],
        "language": "en",
        "contact_directly": False,
        "sequence": NEWER_THAN_ALL,
    }
    await upsert_newest(work.connection, person, [blank])
    answers = await forget(work, person_id)
    mine = certificate.c.person_id == person_id
    blanking = certificate.update().where(mine).values(family_names=[], file_id=None)
    await work.connection.execute(blanking)
    about_them = select(correction.c.correction_id).where(correction.c.person_id == person_id)
    notes = correction.update().where(correction.c.correction_id.in_(about_them))
    await work.connection.execute(notes.values(note=None))
    return [*answers, SchedulingErasureConfirmed(person_id=person_id)]
