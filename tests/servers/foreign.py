"""Clients that are not ours: what cannot be had is said at the end of a run, with what it cost."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType

from tests.servers.amqp_tools import installed_amqp_tools
from tests.servers.available import Server
from tests.servers.curl import installed_curl
from tests.servers.node import installed_node

INSIST = "CADRE_TEST_INSIST"
FOREIGN: Mapping[str, tuple[str, Callable[[], AbstractContextManager[Server]]]] = MappingProxyType(
    {
        "amqp_tools": ("amqp-tools", installed_amqp_tools),
        "node": ("Node", installed_node),
        "curl": ("curl", installed_curl),
    }
)
"""By the fixture that asks for it: how it is called, and where it comes from."""


def all_are_insisted_on() -> bool:
    """Whether a run without one of them fails: the variable is set, and not to 0."""
    return os.environ.get(INSIST, "0") not in ("", "0")
