"""Ports of the loopback interface that nobody listens on."""

import random

from deploy.demo.serving import PORTS_TO_TRY, next_free_port

FIRST, LAST = 20_000, 32_767
"""Below those that a system gives to connections that go out: one of these might take a port
before who asked for it listens there."""


def free_port() -> int:
    """A port nobody listens on. Raises `ServerFailed` when none is found."""
    return next_free_port(random.randint(FIRST, LAST - PORTS_TO_TRY))


def free_ports(count: int) -> list[int]:
    """That many different ports."""
    found: set[int] = set()
    while len(found) < count:
        found.add(free_port())
    return list(found)
