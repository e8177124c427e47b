"""How a connection to PostgreSQL is encrypted and whom it trusts, as its URL says: `sslmode` and
`sslrootcert`, in the words of PostgreSQL's own clients."""

import ssl
from typing import Any

from sqlalchemy.engine import URL

VERIFIED = ("verify-ca", "verify-full")


def encryption_of(url: URL) -> tuple[URL, dict[str, Any]]:
    """The URL without those words, and what asyncpg is told instead.

    `sslrootcert` is a file, or the certificates themselves (PEM), or `system`; without it the
    authorities that this machine trusts count. Raises OSError where it can not be read.
    """
    mode, authority = _said(url, "sslmode"), _said(url, "sslrootcert")
    bare = url.difference_update_query(["sslmode", "sslrootcert"])
    if mode is None and authority is None:
        return bare, {}
    if mode in VERIFIED or authority is not None:
        return bare, {"ssl": _verifying(authority, by_name=mode != "verify-ca")}
    return bare, {"ssl": mode}


def _verifying(authority: str | None, *, by_name: bool) -> ssl.SSLContext:
    if authority is None or authority == "system":
        context = ssl.create_default_context()
    elif authority.lstrip().startswith("-----BEGIN"):
        context = ssl.create_default_context(cadata=authority)
    else:
        context = ssl.create_default_context(cafile=authority)
    context.check_hostname = by_name
    return context


def _said(url: URL, name: str) -> str | None:
    said = url.query.get(name)
    return said if isinstance(said, str) else None
