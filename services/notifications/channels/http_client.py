"""The HTTP client both inquiries and the SMS gateway use."""

import ssl
from functools import cache

import httpx


def http_client(bearer_key: str | None, seconds: float) -> httpx.AsyncClient:
    """A client for one exchange: settings decide, not proxies of the environment.

    No connection is kept, because one that the receiver closed meanwhile ends as "unknown".
    """
    headers = {"Authorization": f"Bearer {bearer_key}"} if bearer_key else {}
    return httpx.AsyncClient(
        headers=headers, timeout=seconds, verify=_certificates(), trust_env=False
    )


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()
