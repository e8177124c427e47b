"""How a command of a service asks the other services: by the origin, as any visitor does."""

import ssl
from collections.abc import Mapping

import httpx


def at_origin(
    origin: str, headers: Mapping[str, str] | None = None, *, seconds: float
) -> httpx.AsyncClient:
    """A client of the installation's own origin, with so many seconds for each answer. It trusts
    whom the machine trusts (`SSL_CERT_FILE` names others), and takes no proxy of the environment.
    """
    trusted = ssl.create_default_context() if origin.startswith("https://") else True
    return httpx.AsyncClient(
        base_url=origin, headers=headers, timeout=seconds, verify=trusted, trust_env=False
    )
