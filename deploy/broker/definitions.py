"""The broker of an installation as RabbitMQ's definitions: its virtual host, exchanges, users."""

from collections.abc import Mapping
from typing import Any

from shared.contracts.listeners import LISTENERS
from shared.messaging.rabbit.exchanges import EXCHANGES, RECEPTION, UNOWNED, queue_arguments
from shared.messaging.rabbit.management import HASHED_BY, hashed

from .rights import rights_of

SERVICES = tuple(LISTENERS)
Definitions = dict[str, list[dict[str, Any]]]


def definitions_of(vhost: str, prefix: str, passwords: Mapping[str, str]) -> Definitions:
    """All that an administrator makes; a broker can load it when it starts (`load_definitions`).

    The user of a service is its name behind the prefix; `passwords` are by service.
    """
    return {
        "vhosts": [{"name": vhost}],
        "users": [_user(prefix + service, passwords[service]) for service in SERVICES],
        "topic_permissions": [
            {
                "vhost": vhost,
                "user": prefix + service,
                "exchange": name,
                "write": send,
                "read": take,
            }
            for service in SERVICES
            for name, (send, take) in rights_of(service).topics.items()
        ],
        "permissions": [_permission(vhost, prefix, service) for service in SERVICES],
        "exchanges": [
            {
                "vhost": vhost,
                "name": name,
                "type": described.kind,
                "durable": True,
                "auto_delete": False,
                "internal": False,
                "arguments": dict(described.arguments),
            }
            for name, described in EXCHANGES.items()
        ],
        "queues": [
            {
                "vhost": vhost,
                "name": UNOWNED,
                "durable": True,
                "auto_delete": False,
                "arguments": queue_arguments(RECEPTION),
            }
        ],
        "bindings": [
            {
                "vhost": vhost,
                "source": UNOWNED,
                "destination": UNOWNED,
                "destination_type": "queue",
                "routing_key": "",
                "arguments": {},
            }
        ],
    }


def with_administrator(
    definitions: Definitions, vhost: str, name: str, password: str
) -> Definitions:
    """Also the administrator: a broker that loads definitions makes no user by itself."""
    user = _user(name, password) | {"tags": "administrator"}
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    return definitions | {
        "users": [*definitions["users"], user],
        "permissions": [*definitions["permissions"], {"vhost": vhost, "user": name, **everything}],
    }


def _user(name: str, password: str) -> dict[str, Any]:
    account = {"password_hash": hashed(password), "hashing_algorithm": HASHED_BY}
    return {"name": name, **account, "tags": ""}


def _permission(vhost: str, prefix: str, service: str) -> dict[str, Any]:
    rights = rights_of(service)
    return {
        "vhost": vhost,
        "user": prefix + service,
        "configure": rights.configure,
        "write": rights.write,
        "read": rights.read,
    }
