"""The servers of one test session: started when the first test needs them, before any is timed."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

import pytest

from tests.servers.available import Server, Unavailable
from tests.servers.broker import Broker
from tests.servers.chromium import installed_chromium
from tests.servers.foreign import FOREIGN, all_are_insisted_on
from tests.servers.node import Node
from tests.servers.postgresql import running_postgresql
from tests.servers.rabbitmq import running_rabbitmq


class Servers:
    """Starts each server once and remembers where it came from; registered as a plugin."""

    def __init__(self) -> None:
        self._running = ExitStack()
        self._servers: dict[str, Server] = {}
        self._seconds: dict[str, float] = {}
        self._missing: dict[str, str] = {}

    def postgresql(self) -> Server:
        """The PostgreSQL server, whose address is the URL of a user who may create databases."""
        return self._started("PostgreSQL", running_postgresql)

    def rabbitmq(self) -> Broker:
        """The RabbitMQ broker; every test process has one of its own, since tests stop it."""
        broker = self._started("RabbitMQ", running_rabbitmq)
        assert isinstance(broker, Broker)
        return broker

    def chromium(self) -> Server:
        """The browser, whose address is the path of its program."""
        return self._started("Chromium", installed_chromium)

    def amqp_tools(self) -> Server:
        """A client written in C, whose address is the folder of its programs."""
        return self._foreign("amqp_tools")

    def node(self) -> Node:
        """A client written in JavaScript."""
        node = self._foreign("node")
        assert isinstance(node, Node)
        return node

    def curl(self) -> Server:
        """A client for HTTP, whose address is its program."""
        return self._foreign("curl")

    def _foreign(self, fixture: str) -> Server:
        return self._started(*FOREIGN[fixture])

    def _started(self, name: str, start: Callable[[], AbstractContextManager[Server]]) -> Server:
        if name not in self._servers:
            begun = time.monotonic()
            self._servers[name] = self._running.enter_context(start())
            self._seconds[name] = time.monotonic() - begun
        return self._servers[name]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Start what the collected tests need, outside the time limit of the first of them."""
        if session.config.option.collectonly:
            return
        needed = {name for item in session.items for name in _needs(item)}
        try:
            if "postgresql" in needed:
                self.postgresql()
            if "rabbitmq" in needed:
                self.rabbitmq()
            if "browser" in needed:
                self.chromium()
        except Unavailable as reason:
            pytest.exit(str(reason), returncode=1)
        for fixture in FOREIGN:
            if fixture in needed:
                self._have_foreign(fixture, session)

    def _have_foreign(self, fixture: str, session: pytest.Session) -> None:
        """Have a foreign client, or leave out what needs it; the end of the run says so."""
        name = FOREIGN[fixture][0]
        try:
            self._foreign(fixture)
        except Unavailable as reason:
            if all_are_insisted_on():
                pytest.exit(str(reason), returncode=1)
            without = [item for item in session.items if fixture in _needs(item)]
            session.items[:] = [item for item in session.items if item not in without]
            session.config.hook.pytest_deselected(items=without)
            self._missing[name] = f"tests left out: {len(without)}. {reason}"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which servers were used, and where they came from."""
        terminalreporter.section("servers")
        foreign = [name for name, _ in FOREIGN.values()]
        for name in ("PostgreSQL", "RabbitMQ", "Chromium", *foreign):
            if name in self._missing:
                terminalreporter.write_line(f"{name}: {self._missing[name]}", yellow=True)
                continue
            server = self._servers.get(name)
            said = f"{server.origin} ({self._seconds[name]:.1f} s)" if server else "not used"
            terminalreporter.write_line(f"{name}: {said}")

    def pytest_unconfigure(self) -> None:
        """Stop what was started."""
        self._running.close()


def _needs(item: pytest.Item) -> set[str]:
    """The fixtures a test asks for, and the kinds of server it is repeated on."""
    callspec = getattr(item, "callspec", None)
    repeated = callspec.params.values() if callspec else ()
    kinds = {kind for kind in repeated if isinstance(kind, str)}
    return {*getattr(item, "fixturenames", ()), *kinds}
