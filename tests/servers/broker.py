"""The RabbitMQ broker that tests get: empty virtual hosts, users with few rights, and faults."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import httpx

from tests.servers.available import Server, Unavailable
from tests.servers.management import Management

SECONDS_TO_START = 60
SECONDS_TO_CLOSE = 15
STOPPED = "gen_event:delete_handler(rabbit_event, rabbit_mgmt_db_handler, stopping), rabbit:stop()."
"""What stop_app does; with that handler RabbitMQ 3 would wait five seconds for itself."""


@dataclass(frozen=True)
class Broker(Server):
    """Its address is the AMQP URL of an administrator; `control` is there when it is our own."""

    management_url: str
    control: Callable[..., None] | None = None
    """Runs rabbitmqctl with these arguments; raises when it fails."""

    @property
    def amqp_url(self) -> str:
        """The URL of the administrator, at the virtual host that was always there."""
        return self.address

    @property
    def user(self) -> str:
        """The name of the administrator."""
        return unquote(urlsplit(self.address).username or "guest")

    @property
    def password(self) -> str:
        """The password of the administrator."""
        return unquote(urlsplit(self.address).password or "guest")

    @cached_property
    def management(self) -> Management:
        """The management API, asked by the administrator."""
        return Management(self.management_url, self.user, self.password)

    def url_of(self, vhost: str, user: str | None = None, password: str | None = None) -> str:
        """The AMQP URL of a user (the administrator unless told) at a virtual host."""
        parts = urlsplit(self.address)
        place = parts.netloc.rpartition("@")[2]
        account = f"{quote(user or self.user, safe='')}:{quote(password or self.password, safe='')}"
        return f"{parts.scheme}://{account}@{place}/{quote(vhost, safe='')}"

    @asynccontextmanager
    async def fresh_vhost(self) -> AsyncIterator[str]:
        """The name of an empty virtual host, which is removed afterwards with all it holds."""
        name = f"test-{secrets.token_hex(8)}"
        await self._ask("PUT", "vhosts", name)
        try:
            everything = {"configure": ".*", "write": ".*", "read": ".*"}
            await self._ask("PUT", "permissions", name, self.user, body=everything)
            yield name
        finally:
            await self._ask("DELETE", "vhosts", name)

    @asynccontextmanager
    async def fresh_user(
        self,
        vhost: str,
        *,
        configure: str = "",
        write: str = "",
        read: str = "",
        topics: Mapping[str, tuple[str, str]] | None = None,
    ) -> AsyncIterator[str]:
        """The AMQP URL of a user with these patterns; `topics`: (write, read) by exchange."""
        name, password = f"test-{secrets.token_hex(8)}", secrets.token_hex(16)
        await self._ask("PUT", "users", name, body={"password": password, "tags": ""})
        try:
            rights = {"configure": configure, "write": write, "read": read}
            await self._ask("PUT", "permissions", vhost, name, body=rights)
            for exchange, (send, receive) in (topics or {}).items():
                routing = {"exchange": exchange, "write": send, "read": receive}
                await self._ask("PUT", "topic-permissions", vhost, name, body=routing)
            yield self.url_of(vhost, name, password)
        finally:
            await self._ask("DELETE", "users", name)

    async def close_all_connections(self, vhost: str) -> None:
        """Close what is connected to a virtual host; takes seconds when the broker is not ours."""
        if self.control:
            await self._run("close_all_connections", "--vhost", vhost, "closed by a test")
            return
        deadline = time.monotonic() + SECONDS_TO_CLOSE
        names = await self._connected(vhost)
        while names & await self._connected(vhost):
            assert time.monotonic() < deadline, f"the broker does not close {names}"
            for name in names:
                with suppress(httpx.HTTPStatusError):  # until its statistics know it
                    await self._ask("DELETE", "connections", name)
            await asyncio.sleep(0.2)

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[None]:
        """The broker is away inside, and back afterwards whatever happened."""
        await self.stop_app()
        try:
            yield
        finally:
            await self.start_app()

    async def stop_app(self) -> None:
        """Stop the broker and keep its node; raises Unavailable when it is not ours to stop."""
        await self._run("eval", STOPPED)

    async def start_app(self) -> None:
        """Start it again; returns when clients can connect."""
        await self._run("start_app")
        wait = self.management.wait_until_listening
        await asyncio.to_thread(wait, SECONDS_TO_START, lambda: None)

    async def _connected(self, vhost: str) -> set[str]:
        """The names of its connections: not the statistics, which know them seconds later."""
        listed = await self._ask("GET", "connections", disable_stats="true")
        return {connection["name"] for connection in listed if connection["vhost"] == vhost}

    async def _ask(self, method: str, *path: str, body: Any = None, **query: str) -> Any:
        return await asyncio.to_thread(self.management.ask, method, *path, body=body, **query)

    async def _run(self, *arguments: str) -> None:
        if self.control is None:
            raise Unavailable(
                f"RabbitMQ {self.origin} is not stopped by tests: without that variable they "
                "start a broker of their own, and these tests run too"
            )
        await asyncio.to_thread(self.control, *arguments)
