"""What facts cause here beyond a copy: steps and certificates are noted, persons forgotten."""

from collections.abc import Sequence
from typing import Any

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import NominationState, NominationStated, PersonErased
from shared.contracts.reporting import ReportingErasureConfirmed
from shared.contracts.scheduling import CertificateReady, CertificateRevoked, CertificateStated
from shared.database import insert_new
from shared.erasure import forget
from shared.keeping import keep_newest

from .domain.participation import Step, steps_reached
from .tables import certificate, nomination, nomination_step


async def keep_nominations(work: Work, facts: Sequence[Fact[NominationState]]) -> None:
    """Newest: keep how each nomination stands; that it once came so far stays true for ever."""
    steps = [
        {"nomination_id": fact.event.nomination_id, "step": step.value}
        for fact in facts
        for step in sorted(_steps(fact.event))
    ]
    await insert_new(work.connection, nomination_step, steps)
    await keep_newest(work, nomination, facts)


async def when_certificate_is_issued_count_it(work: Work, fact: Fact[CertificateReady]) -> Outcome:
    """Each: noted apart from revocation, which may come first."""
    await _note(work, fact, issued=True)
    return None


async def when_certificate_is_revoked_count_it(
    work: Work, fact: Fact[CertificateRevoked]
) -> Outcome:
    """Each: a revoked certificate stays counted as issued and as revoked."""
    await _note(work, fact, revoked=True)
    return None


async def keep_certificates(work: Work, facts: Sequence[Fact[CertificateStated]]) -> None:
    """Newest: what was issued and revoked stays so, whatever was heard of it before."""
    for fact in facts:
        await _note(work, fact, issued=True, **({"revoked": True} if fact.event.revoked else {}))


async def when_person_is_erased_confirm(work: Work, fact: Fact[PersonErased]) -> Outcome:
    """Each: nothing personal is kept here; coded rows stay, and the id is a tombstone."""
    person_id = fact.event.person_id
    if await work.erased(person_id):
        return None
    await forget(work, person_id)
    return [ReportingErasureConfirmed(person_id=person_id)]


def _steps(event: NominationState) -> frozenset[Step]:
    """The events that told of each step do not come again where only the present is stated."""
    selected = isinstance(event, NominationStated) and event.was_selected
    return steps_reached(event.status, selected=selected, confirmed=bool(event.confirmed_at))


async def _note(work: Work, fact: Fact[Any], **noted: bool) -> None:
    event = fact.event
    row: dict[str, Any] = {
        "id": event.certificate_id,
        "activity_id": event.activity_id,
        "party": event.party,
        "issued": False,
        "revoked": False,
    }
    await insert_new(work.connection, certificate, [row])
    this = certificate.c.id == event.certificate_id
    await work.connection.execute(certificate.update().where(this).values(**noted))
