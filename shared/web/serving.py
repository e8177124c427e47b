"""How uvicorn serves an application of ours: bounded, silent, and stopped by us."""

from collections.abc import Sequence

from starlette.types import ASGIApp
from uvicorn import Config

from shared.web.bounded_http import BoundedHttp
from shared.web.proxies import THIS_MACHINE

MOST_CONNECTIONS = 500
"""More are told to come again, so that the databases keep files to open."""
SECONDS_TO_FINISH_REQUESTS = 10


def server_config(
    app: ASGIApp, host: str, port: int, proxies: Sequence[str] = THIS_MACHINE
) -> Config:
    """The same for an installation in one process and for a service apart; `proxies` are networks,
    whose machines are believed about where visitors come from."""
    return Config(
        app,
        host=host,
        port=port,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        http=BoundedHttp,
        forwarded_allow_ips=list(proxies),
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=SECONDS_TO_FINISH_REQUESTS,
    )
