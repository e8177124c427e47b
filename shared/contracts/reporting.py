"""Facts that reporting publishes: that it has forgotten a person; it decides nothing else."""

from shared.contracts.event import Event, Id


class ReportingErasureConfirmed(
    Event, type="reporting.erasure.confirmed.v1", aggregate="person_id"
):
    """Reporting has forgotten the person."""

    person_id: Id


EVENTS: tuple[type[Event], ...] = (ReportingErasureConfirmed,)
