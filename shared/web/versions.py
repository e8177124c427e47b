"""ETag and If-Match: nobody overwrites what they have not seen."""

import re

from fastapi import Request

from shared.refusals import Refused

_ETAG = re.compile(r'^(?:W/)?"(\d{1,18})"$')


class VersionIsMissing(Refused):
    """A change must say in If-Match which version it changes."""

    status = 428
    title = "Send If-Match with the version you saw"


class VersionHasMoved(Refused):
    """Somebody changed this after you read it."""

    status = 412
    title = "This has changed since you read it"


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def expected_version(request: Request) -> int:
    """The version that a PUT, PATCH or DELETE means to change."""
    header = request.headers.get("if-match")
    if header is None:
        raise VersionIsMissing
    found = _ETAG.match(header.strip())
    if not found:
        raise VersionHasMoved
    return int(found[1])
