"""What stands in the broker for one installation, other systems' accounts with it: taken, and made
again. What waits in its queues is not: the archive and the outboxes have that."""

import asyncio
from collections.abc import Mapping
from typing import Any

from shared.messaging.rabbit.management import Administrator, managing

OF_THE_VHOST = ("queues", "exchanges", "bindings", "policies", "parameters")
RIGHTS = ("permissions", "topic_permissions")
Definitions = dict[str, list[dict[str, Any]]]


def take(administrator: Administrator, vhost: str) -> Definitions:
    """The definitions of a virtual host, with every user who may do something there. Raises
    `ManagementIsAway`, `ManagementRefuses`."""
    return asyncio.run(_take(administrator, vhost))


def make_again(administrator: Administrator, definitions: Definitions) -> None:
    """Make what is missing, and have users be what they were; nothing is removed. Raises
    `ManagementIsAway`, `ManagementRefuses`."""
    asyncio.run(_make_again(administrator, definitions))


async def _take(administrator: Administrator, vhost: str) -> Definitions:
    async with managing(administrator) as management:
        everything: Mapping[str, Any] = await management.get("definitions")
        found: Definitions = {
            kind: [one for one in everything.get(kind, ()) if one.get("vhost") == vhost]
            for kind in (*OF_THE_VHOST, *RIGHTS)
        }
        users = {one["user"] for kind in RIGHTS for one in found[kind]} - {administrator.user}
        found["users"] = [one for one in everything["users"] if one["name"] in users]
        found["vhosts"] = [{"name": vhost}]
        for kind in RIGHTS:
            found[kind] = [one for one in found[kind] if one["user"] in users]
        return found


async def _make_again(administrator: Administrator, definitions: Definitions) -> None:
    """The order is that of who needs whom; the administrator needs rights to make the rest."""
    async with managing(administrator) as management:
        for one in definitions["vhosts"]:
            await management.put("vhosts", one["name"])
            everything = {"configure": ".*", "write": ".*", "read": ".*"}
            place = ("permissions", one["name"], administrator.user)
            await management.put(*place, body=everything)
        await management.post("definitions", body=definitions)


def waiting_for(administrator: Administrator, vhost: str, queue: str) -> int:
    """How many messages a queue holds, or has handed out and not heard of. Raises
    `ManagementIsAway`, `ManagementRefuses`."""

    async def ask() -> int:
        async with managing(administrator) as management:
            found = await management.get("queues", vhost, queue)
            return int((found or {}).get("messages", 0))

    return asyncio.run(ask())
