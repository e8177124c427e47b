"""A connection to an installation that may be stopped and started again meanwhile."""

import ssl
import time
from functools import cache

import httpx

ANSWER_IN_TIME = httpx.Timeout(30.0)
SECONDS_OF_PATIENCE = 30.0
SECONDS_BETWEEN_TRIES = 0.3
NOT_REPEATED = frozenset({"PATCH", "DELETE"})
"""Done twice, these answer that the version has moved on."""


class PatientTransport(httpx.HTTPTransport):
    """Asks again while nobody answers: what is asked here may be asked twice, for a POST has a
    key of its own, and the second press of a button changes nothing.

    `through` is where the origin is reached from here, if that is not by its own name.
    """

    def __init__(self, through: str = "") -> None:
        super().__init__(verify=authorities())
        self._through = httpx.URL(through) if through else None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, as soon as there is one; half a minute without any is a failure."""
        if self._through:
            request = _sent_to(self._through, request)
        give_up_at = time.monotonic() + SECONDS_OF_PATIENCE
        while True:
            try:
                return _whole(super().handle_request(request))
            except httpx.TransportError:
                if request.method in NOT_REPEATED or time.monotonic() > give_up_at:
                    raise
                time.sleep(SECONDS_BETWEEN_TRIES)


def connected(origin: str, *, through: str = "", **headers: str) -> httpx.Client:
    """A client of one installation, with these headers on every request."""
    return httpx.Client(
        base_url=origin,
        headers=headers,
        timeout=ANSWER_IN_TIME,
        transport=PatientTransport(through),
        trust_env=False,
    )


def _whole(answer: httpx.Response) -> httpx.Response:
    """An answer of which nothing is still to come: who is stopped may be so in its middle."""
    read = httpx.ByteStream(b"".join(answer.iter_raw()))
    return httpx.Response(
        answer.status_code, headers=answer.headers, stream=read, extensions=answer.extensions
    )


@cache
def authorities() -> ssl.SSLContext:
    """Whom this machine trusts; to read that takes longer than most requests."""
    return httpx.create_ssl_context()


def _sent_to(place: httpx.URL, request: httpx.Request) -> httpx.Request:
    """The same request, Host and all, to another place."""
    url = request.url.copy_with(scheme=place.scheme, host=place.host, port=place.port)
    return httpx.Request(
        request.method,
        url,
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions,
    )
