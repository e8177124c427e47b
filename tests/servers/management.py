"""The management API of a RabbitMQ broker, asked by its administrator."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from deploy.demo.connection import authorities
from tests.servers.available import Unavailable

OLDEST = (3, 10)
SECONDS_TO_ANSWER = 30


@dataclass(frozen=True)
class Management:
    """Where the API is, without `/api`, and who asks it."""

    url: str
    user: str
    password: str

    def ask(self, method: str, *path: str, body: Any = None, **query: str) -> Any:
        """The answer to one request; raises httpx.HTTPError when it is refused."""
        address = "/".join([self.url.rstrip("/"), "api", *(quote(part, safe="") for part in path)])
        answer = httpx.request(
            method,
            address,
            json=body,
            params=query,
            auth=httpx.BasicAuth(self.user, self.password),
            timeout=SECONDS_TO_ANSWER,
            verify=authorities(),
            trust_env=False,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def release(self) -> str:
        """The version of the broker, `3.10.8`; refuses one that is too old for the product."""
        version = str(self.ask("GET", "overview")["rabbitmq_version"])
        if tuple(int(number) for number in re.findall(r"\d+", version)[:2]) < OLDEST:
            raise Unavailable(f"RabbitMQ {version} is older than {'.'.join(map(str, OLDEST))}")
        return version

    def wait_until_listening(self, seconds: float, watch: Callable[[], None]) -> None:
        """Return when clients can connect; `watch` may raise when they never will."""
        deadline = time.monotonic() + seconds
        while True:
            watch()
            try:
                self.ask("GET", "health", "checks", "protocol-listener", "amqp")
            except httpx.HTTPError as failure:
                if time.monotonic() > deadline:
                    raise Unavailable(f"RabbitMQ does not listen in {seconds:.0f} s") from failure
                time.sleep(0.1)
            else:
                return
