"""`serve`: one installation, all services in this process, until told to stop."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from shared.observing.address import Address
from shared.web.proxies import THIS_MACHINE, proxies_in

from ..installation import make_installation
from ..serving import serve


def run(prog: str, arguments: Sequence[str]) -> str:
    """Serve; there is nothing to print."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="its folder")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--origin", help="the public address, when it is another")
    parser.add_argument(
        "--story", type=_instant, help="make it with a story's clock that starts at this time"
    )
    parser.add_argument(
        "--operations",
        type=Address,
        metavar="HOST:PORT",
        help="where to ask for health and metrics",
    )
    parser.add_argument(
        "--proxies",
        type=proxies_in,
        default=THIS_MACHINE,
        metavar="NETWORK,…",
        help="who is believed about where visitors come from, when not this machine alone",
    )
    asked = parser.parse_args(arguments)
    installation = make_installation(asked.data, asked.story)
    serve(
        installation,
        host=asked.host,
        port=asked.port,
        origin=asked.origin,
        operations=asked.operations,
        proxies=asked.proxies,
    )
    return ""


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
