"""Asks a receiver: have you the message with this key?"""

import httpx

from .channel import Arrival, checked_key
from .http_client import http_client


async def ask_receiver(url: str, bearer_key: str | None, key: str, seconds: float) -> Arrival:
    """GET {url}/messages/{key}: 200 it has, 404 it has not, anything else says nothing."""
    try:
        async with http_client(bearer_key, seconds) as client:
            answer = await client.get(f"{url.rstrip('/')}/messages/{checked_key(key)}")
    except (httpx.HTTPError, httpx.InvalidURL):
        return "cannot_ask"
    if answer.status_code == httpx.codes.OK:
        return "known"
    return "not_known" if answer.status_code == httpx.codes.NOT_FOUND else "cannot_ask"
