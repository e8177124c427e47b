"""Addresses of servers put together: the password that stands apart, and whose certificates count.

What is trusted travels in the address itself, in words that the clients read there, so that whoever
connects by it can not forget. Every function raises ValueError with words that name no secret.
"""

import base64
import re
import ssl
from urllib.parse import parse_qs, quote, urlsplit

CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
THOSE_OF_THIS_MACHINE = "system"
VERIFIED = ("verify-ca", "verify-full")


def with_password(url: str, password: str) -> str:
    """The address with this password in it, whatever stood there before."""
    parts = urlsplit(url)
    if not parts.username:
        raise ValueError("it names no user for the password")
    place = parts.netloc.rpartition("@")[2]
    user = parts.netloc.rpartition("@")[0].partition(":")[0]
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{place}").geturl()


def broker_trusting(url: str, authority: str) -> str:
    """The address of a broker that has to be certified by these authorities (PEM)."""
    if urlsplit(url).scheme != "amqps":
        raise ValueError("the address of the broker is not an amqps:// address")
    known = base64.b64encode(b"".join(_certificates(authority))).decode()
    return _with_query(url, cadata=known)


def database_trusting(url: str, authority: str) -> str:
    """The address of a PostgreSQL server that has to be certified by these authorities (PEM, or
    `system` for those of this machine); for the very name by which it is asked, unless the address
    asks for less."""
    asked = parse_qs(urlsplit(url).query).get("sslmode", [])
    if asked and asked[0] not in VERIFIED:
        raise ValueError("the address of the database does not ask for verify-full (sslmode)")
    if authority != THOSE_OF_THIS_MACHINE:
        _certificates(authority)
    mode = {} if asked else {"sslmode": "verify-full"}
    return _with_query(url, **mode, sslrootcert=authority)


def _certificates(authority: str) -> list[bytes]:
    try:
        found = [ssl.PEM_cert_to_DER_cert(one) for one in CERTIFICATE.findall(authority)]
        ssl.create_default_context(cadata=b"".join(found))
    except (ValueError, ssl.SSLError):
        found = []
    if not found:
        raise ValueError("there is no certificate in it that can be read (PEM)")
    return found


def _with_query(url: str, **more: str) -> str:
    separator = "&" if urlsplit(url).query else "?"
    return (
        url + separator + "&".join(f"{name}={quote(text, safe='')}" for name, text in more.items())
    )
