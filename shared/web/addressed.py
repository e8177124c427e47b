"""Whether a request means this installation: by its public origin, or a loopback name.

A browser can be led here under any name (DNS rebinding), so what Host says is compared, and nothing
is made from it. A proxy in front must pass the Host that its visitors sent.
"""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from shared.refusals import Refused

SAFE_METHODS = ("GET", "HEAD")
PROBES = "/health/"
"""Asked by whoever runs a process, under whatever name it has there; nothing is told."""


class RequestWasMisdirected(Refused):
    """Host names neither this installation nor the machine itself."""

    status = 421
    title = "This installation is not reached under that name"


class RequestCameFromElsewhere(Refused):
    """A browser's session acts only on pages of this origin."""

    status = 403
    title = "This request came from another site"


def is_misdirected(request: Request, origin: str, by_any_name: Sequence[str] = ()) -> bool:
    """Whether a request means somebody else than the installation with this origin; `by_any_name`
    are beginnings of paths that only machines ask for, each with a key that no browser has."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if path.startswith((PROBES, *by_any_name)):
        return False
    hosts = request.headers.getlist("host")
    name = _host_name(f"//{hosts[0]}") if len(hosts) == 1 else ""
    return not (name and (name == _host_name(origin) or _is_loopback(name)))


def refuse_other_sites(request: Request) -> None:
    """Raises `RequestCameFromElsewhere` where a page of another site would change something."""
    if request.method in SAFE_METHODS:
        return
    page = _origin(request.headers.get("origin", ""))
    here = [_origin(request.app.state.origin)]
    host = request.headers.get("host", "")
    if _is_loopback(_host_name(f"//{host}")):
        here += [_origin(f"{scheme}://{host}") for scheme in ("http", "https")]
    if page is None or page not in here:
        raise RequestCameFromElsewhere


def is_on_loopback(origin: str) -> bool:
    """Whether an origin is reached on this machine alone."""
    return _is_loopback(_host_name(origin))


def _host_name(address: str) -> str:
    """The host of an address in lower case; empty where it can not be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _origin(text: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of what is an origin and nothing more."""
    try:
        parts = urlsplit(text)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        return None
    bare = f"{parts.scheme}://{parts.netloc}".lower() == text.lower()
    if not bare or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port
