"""Somebody who asks more often than one address may: from another address of this machine."""

import time
from collections.abc import Mapping
from itertools import count
from types import TracebackType
from typing import Any

import httpx

from deploy.demo.connection import authorities

SECONDS_TO_GO_ON = 20.0


class Patient:
    """A client that goes on from the next loopback address when it asked too often."""

    def __init__(self, origin: str, headers: Mapping[str, str] | None = None) -> None:
        self._origin, self._headers = origin, dict(headers or {})
        self._numbers = count(2)
        self._client = self._next()

    def __enter__(self) -> "Patient":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def request(self, method: str, path: str, **asked: Any) -> httpx.Response:
        """The answer, unless it is still "too often" after some seconds."""
        give_up_at = time.monotonic() + SECONDS_TO_GO_ON
        answer = self._client.request(method, path, **asked)
        while answer.status_code == 429 and time.monotonic() < give_up_at:
            self._client.close()
            self._client = self._next()
            time.sleep(0.1)
            answer = self._client.request(method, path, **asked)
        return answer

    def _next(self) -> httpx.Client:
        number = next(self._numbers)
        mine = f"127.0.{number // 250}.{number % 250 + 1}"
        transport = httpx.HTTPTransport(local_address=mine, verify=authorities())
        return httpx.Client(
            base_url=self._origin, headers=self._headers, timeout=60, transport=transport
        )
