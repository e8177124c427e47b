"""Ports of the loopback interface that nobody listens on."""

import random
import socket

RANGE = range(20_000, 32_768)
"""Below those that a system gives to connections that go out: one of these might take a port
before who asked for it listens there."""
TRIES = 100


def free_port() -> int:
    """A port nobody listens on. Raises `OSError` when none is found."""
    for _ in range(TRIES):
        port = random.choice(RANGE)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port free between {RANGE.start} and {RANGE.stop}")


def free_ports(count: int) -> list[int]:
    """That many different ports."""
    found: set[int] = set()
    while len(found) < count:
        found.add(free_port())
    return list(found)
