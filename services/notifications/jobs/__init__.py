"""The slow work of notifications: delivering messages, and reminding."""

from collections.abc import Mapping
from functools import partial

from shared.jobs import DoJob

from .deliver import Deliver
from .delivering import deliver_message
from .reminding import remind

__all__ = ["Deliver", "job_kinds"]


def job_kinds(deliver: Deliver) -> Mapping[str, DoJob]:
    """Every kind of job, and who does it."""
    return {"deliver": partial(deliver_message, deliver=deliver), "remind": remind}
