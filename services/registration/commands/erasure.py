"""Forgetting a person: blanked here, and asked of every service (admin)."""

from uuid import UUID

from sqlalchemy import or_, select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import PersonErased
from shared.database import insert_new, lock_row
from shared.erasure import forget
from shared.messaging.ingress.forgetting import Called
from shared.outsiders import hold_systems_naming, names_of
from shared.rights import require_role

from ..domain.nomination import NominationState, is_final
from ..imports.forgetting import forget_rows, give_up_unread
from ..loading import (
    Stored,
    by_id,
    has_begun,
    known_activity,
    locked_nomination,
    several,
)
from ..nominees.change_requests import forget_requests
from ..nominees.run_offers import end_run_offers
from ..past.history import forget_history
from ..personal import BLANK
from ..received import forget_received
from ..screening.forgetting import forget_screening
from ..seats.follow_up_data import delete_details
from ..seats.visa_letters import forget_letters
from ..tables import (
    erasure_receipt,
    follow_up_answer,
    nomination,
    nomination_return,
    person,
    screening,
    seat_decision,
    selection_override,
    visa_letter,
)
from .logins import follow_login
from .seats import give_up


async def erase_person(work: Work, person_id: UUID) -> Outcome:
    """Forget a person, whoever they are."""
    await require_role(work)
    known = await by_id(work, person, person_id)
    events = await forget_person(work, person_id)
    if known["erased_at"] is None:
        await give_up_unread(work, known)
    return events


async def forget_person(work: Work, person_id: UUID) -> list[Event]:
    """Blank a person here, and ask it of every service; nothing where it was done before."""
    await by_id(work, person, person_id)
    await hold_systems_naming(work, await names_of(work, person_id))
    given_up = await _end_nominations(work, person_id)
    given_up += await forget_requests(work, person_id)
    given_up += await end_run_offers(work, person_id)
    await delete_details(work, follow_up_answer.c.person_id == person_id)
    await forget_letters(work, visa_letter.c.person_id == person_id)
    await lock_row(work.connection, person, id=person_id)
    kept = await by_id(work, person, person_id)
    if kept["erased_at"] is not None:
        return []
    blank = {**BLANK, "erased_at": work.now, "version": kept["version"] + 1}
    await work.connection.execute(person.update().where(person.c.id == person_id).values(**blank))
    followed = await follow_login(work, person_id, None)
    answers = await forget(work, person_id, called=_by_party(kept))
    await forget_received(work, person_id)
    await forget_history(work, kept)
    await forget_rows(work, kept)
    await forget_screening(work, screening.c.person_id == person_id)
    receipt = {"person_id": person_id, "service": "registration", "confirmed_at": work.now}
    await insert_new(work.connection, erasure_receipt, [receipt])
    return [*given_up, *followed, *answers, PersonErased(person_id=person_id)]


def _by_party(kept: Stored) -> list[Called]:
    """What the officer's party calls them, as its systems do who have no other name for them."""
    reference, party = kept["officer_reference"], kept["party"]
    return [Called(reference, party=party)] if reference and party else []


async def _end_nominations(work: Work, person_id: UUID) -> list[Event]:
    """Nominations for what is still to come are withdrawn; all lose what is personal, and
    the words why a seat was given."""
    mine = select(nomination).where(nomination.c.person_id == person_id)
    events: list[Event] = []
    for row in await several(work, mine.order_by(nomination.c.call_id)):
        nominated, held = await locked_nomination(work, row["id"])
        begun = has_begun(work, await known_activity(work, held["activity_id"]))
        if not begun and not is_final(NominationState(nominated["status"])):
            events += await give_up(work, nominated, held)
    blank = nomination.update().where(nomination.c.person_id == person_id)
    nothing = {"officer_reference": None, "serving_since": None, "lot": ""}
    await work.connection.execute(blank.values(**nothing))
    theirs = select(nomination.c.id).where(nomination.c.person_id == person_id)
    decided = seat_decision.update().where(seat_decision.c.nomination_id.in_(theirs))
    await work.connection.execute(decided.values(reason=None))
    changed = or_(
        selection_override.c.leaves_id.in_(theirs), selection_override.c.comes_id.in_(theirs)
    )
    overridden = selection_override.update().where(changed)
    await work.connection.execute(overridden.values(reason=None))
    returned = nomination_return.update().where(nomination_return.c.person_id == person_id)
    await work.connection.execute(returned.values(reason=None))
    return events
