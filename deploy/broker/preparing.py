"""Makes a running broker what the definitions say; done again, it changes nothing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from shared.messaging.rabbit.exchanges import DEAD_LETTERS
from shared.messaging.rabbit.management import Administrator, Management, managing
from shared.messaging.rabbit.topology import Binding, dead_letters_of, queue_of

from .definitions import SERVICES, Definitions
from .rights import bindings_allowed

PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "users": ("users", ("name",)),
        "topic_permissions": ("topic-permissions", ("vhost", "user")),
        "permissions": ("permissions", ("vhost", "user")),
        "exchanges": ("exchanges", ("vhost", "name")),
        "queues": ("queues", ("vhost", "name")),
    }
)
"""Where each kind of definition stands in the API, and what of it makes up its path."""


async def prepare(administrator: Administrator, vhost: str, definitions: Definitions) -> None:
    """Make it so, and unbind each service from what it listens to no more.

    Raises `ManagementIsAway` or `ManagementRefuses`.
    """
    async with managing(administrator) as management:
        await management.put("vhosts", vhost)
        await _let_in(management, vhost, administrator.user)
        for path, body in _requests(definitions):
            await management.put(*path, body=body)
        for binding in definitions["bindings"]:
            place = ("e", binding["source"], "q", binding["destination"])
            body = {name: binding[name] for name in ("routing_key", "arguments")}
            await management.post("bindings", vhost, *place, body=body)
        for service in SERVICES:
            of_letters = frozenset({Binding(DEAD_LETTERS, service)})
            await _unbind_others(management, vhost, queue_of(service), bindings_allowed(service))
            await _unbind_others(management, vhost, dead_letters_of(service), of_letters)


async def _let_in(management: Management, vhost: str, administrator: str) -> None:
    """Whoever makes exchanges in a virtual host needs rights there, administrator or not."""
    if await management.get("permissions", vhost, administrator) is None:
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        await management.put("permissions", vhost, administrator, body=everything)


def _requests(definitions: Definitions) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for kind, (place, named_by) in PLACES.items():
        for one in definitions[kind]:
            path = (place, *(one[name] for name in named_by))
            yield path, {name: value for name, value in one.items() if name not in named_by}


async def _unbind_others(
    management: Management, vhost: str, queue: str, allowed: frozenset[Binding]
) -> None:
    """Rights are asked when a queue is bound, and not when it receives."""
    for one in await management.get("queues", vhost, queue, "bindings") or ():
        if one["source"] and Binding(one["source"], one["routing_key"]) not in allowed:
            place = ("e", one["source"], "q", queue, one["properties_key"])
            await management.delete("bindings", vhost, *place)
