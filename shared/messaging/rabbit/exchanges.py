"""The exchanges of an installation, and the queue of what nobody owns: the administrator's part.

One description, made over AMQP where one user may do all, and by `deploy.broker` where each service
has rights of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pamqp.common import FieldTable

from shared.messaging.transport import DELIVERY_LIMIT, Exchange

DEAD_LETTERS = "dead"
"""The exchange that takes what the broker gives up: too often handed out, or rejected. A topic, so
that rights can say whose letters a service may have."""
UNOWNED = "ingress.unowned"
"""The exchange and queue of what outsiders send and no service owns; registration refuses it."""
RECEPTION = "registration"
"""The service that reads the unowned, and lets in what outsiders send by HTTP."""


@dataclass(frozen=True, slots=True)
class ExchangeDescription:
    """How an exchange is declared."""

    kind: str = "topic"
    arguments: Mapping[str, str] = field(default_factory=dict)


EXCHANGES: Mapping[str, ExchangeDescription] = MappingProxyType(
    {
        Exchange.INTERNAL.value: ExchangeDescription(),
        Exchange.PRIVATE.value: ExchangeDescription(),
        Exchange.PUBLIC.value: ExchangeDescription(),
        UNOWNED: ExchangeDescription("fanout"),
        Exchange.INGRESS.value: ExchangeDescription(arguments={"alternate-exchange": UNOWNED}),
        DEAD_LETTERS: ExchangeDescription(),
    }
)
"""By name, in the order in which they can be made."""


def queue_arguments(service: str) -> FieldTable:
    """How a queue that a service reads is declared: what the broker gives up is not lost."""
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_LETTERS,
        "x-dead-letter-routing-key": service,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
