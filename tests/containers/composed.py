"""The compose file as it is read: one map of services, anchors and merges applied."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
ONE_SHOTS = ("-migrate", "databases", "broker", "settings", "sample")
COMMANDS = ("demo", "new-settings", "backup")
"""What is run by hand."""
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::-([^}]*))?\}")


class Loader(yaml.SafeLoader):
    """Knows the tags of compose's own."""


Loader.add_constructor("!reset", lambda loader, node: None)


@cache
def read(path: str = "docker-compose.yml") -> Mapping[str, Any]:
    """A compose file."""
    return dict(yaml.load((ROOT / path).read_text(), Loader))


def services() -> Mapping[str, Mapping[str, Any]]:
    """Every container it may start."""
    return dict(read()["services"])


def services_beside_own_servers() -> Mapping[str, Mapping[str, Any]]:
    """Every container it may start where PostgreSQL and RabbitMQ are elsewhere."""
    elsewhere = read("deploy/compose/external.yml")["services"]
    return {name: one for name, one in services().items() if name not in elsewhere}


def is_one_shot(name: str) -> bool:
    """Whether it ends by itself."""
    return name.endswith(ONE_SHOTS) and name not in COMMANDS


def defaults(value: str) -> list[tuple[str, str]]:
    """Each variable in a value, with what it is when nobody sets it."""
    return [(name, default or "") for name, default in VARIABLE.findall(value)]
