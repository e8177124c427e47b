"""The management API of the broker: what AMQP itself can not make, that is users and rights."""

import base64
import hashlib
import secrets
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

HASHED_BY = "rabbit_password_hashing_sha256"
SALT_BYTES = 4
SECONDS_TO_CONNECT = 5.0
SECONDS_TO_ANSWER = 15.0


class ManagementIsAway(Exception):
    """The management API does not answer: ask again later."""


class ManagementRefuses(Exception):
    """The management API says no: to who asks, or to what is asked."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """Where the management API is (without `/api`), who asks it, and by whom it is certified (PEM)
    where that is an authority of our own."""

    url: str
    user: str
    password: str
    authority: str | None = None


class Management:
    """The API, for as long as it is open; each part of a path is given as it is, unquoted.

    Every request raises `ManagementIsAway` or `ManagementRefuses`; none says a password.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, *path: str) -> Any:
        """What stands there; None when nothing does."""
        return await self._ask("GET", path, may_be_absent=True)

    async def put(self, *path: str, body: object = None) -> None:
        """Make it, or make it so."""
        await self._ask("PUT", path, body={} if body is None else body)

    async def post(self, *path: str, body: object) -> None:
        """Add it: a binding, say, which is the same one when it stands there already."""
        await self._ask("POST", path, body=body)

    async def delete(self, *path: str) -> None:
        """Remove it; that nothing stands there is as good."""
        await self._ask("DELETE", path, may_be_absent=True)

    async def _ask(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        body: object = None,
        may_be_absent: bool = False,
    ) -> Any:
        address = "/".join(quote(part, safe="") for part in path)
        try:
            answer = await self._client.request(method, address, json=body)
            said = answer.json() if answer.content else None
        except httpx.HTTPError as error:
            why = ", certificate refused" if "CERTIFICATE_VERIFY_FAILED" in str(error) else ""
            raise ManagementIsAway(f"{method} {address}: {type(error).__name__}{why}") from error
        except ValueError as error:
            raise ManagementRefuses(f"{method} {address}: answered by another server") from error
        if answer.is_success:
            return said
        if may_be_absent and answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        reason = said.get("reason") if isinstance(said, dict) else answer.reason_phrase
        refusal = ManagementIsAway if answer.is_server_error else ManagementRefuses
        raise refusal(f"{method} {address}: {answer.status_code} {reason}")


@asynccontextmanager
async def managing(administrator: Administrator) -> AsyncIterator[Management]:
    """The management API, asked by its administrator."""
    async with httpx.AsyncClient(
        base_url=f"{administrator.url.rstrip('/')}/api/",
        auth=httpx.BasicAuth(administrator.user, administrator.password),
        timeout=httpx.Timeout(SECONDS_TO_ANSWER, connect=SECONDS_TO_CONNECT),
        verify=ssl.create_default_context(cadata=administrator.authority),
        trust_env=False,
    ) as client:
        yield Management(client)


def hashed(password: str) -> str:
    """What the broker keeps of a password: salt, then SHA-256 of salt and password."""
    salt = secrets.token_bytes(SALT_BYTES)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
