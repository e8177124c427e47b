"""A connection to an installation that may be stopped and started again meanwhile."""

import time

import httpx

ANSWER_IN_TIME = httpx.Timeout(30.0)
SECONDS_OF_PATIENCE = 30.0
SECONDS_BETWEEN_TRIES = 0.3
NOT_REPEATED = frozenset({"PATCH", "DELETE"})
"""Done twice, these answer that the version has moved on."""


class PatientTransport(httpx.HTTPTransport):
    """Asks again while nobody answers: what is asked here may be asked twice, for a POST has a
    key of its own, and the second press of a button changes nothing."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, as soon as there is one; half a minute without any is a failure."""
        give_up_at = time.monotonic() + SECONDS_OF_PATIENCE
        while True:
            try:
                return super().handle_request(request)
            except httpx.TransportError:
                if request.method in NOT_REPEATED or time.monotonic() > give_up_at:
                    raise
                time.sleep(SECONDS_BETWEEN_TRIES)


def connected(origin: str, **headers: str) -> httpx.Client:
    """A client of one installation, with these headers on every request."""
    return httpx.Client(
        base_url=origin,
        headers=headers,
        timeout=ANSWER_IN_TIME,
        transport=PatientTransport(),
        trust_env=False,
    )
