"""`python -m services.registration`: this service as processes of its own."""

import argparse
import os
import sys

from shared.context import OPERATOR
from shared.database import Database
from shared.messaging.transport import Transport
from shared.process.command_line import Command, Process, run
from shared.process.environment import Environment
from shared.process.inside import operator
from shared.process.visiting import at_origin
from shared.service import Service
from shared.settings import Settings
from shared.web.tokens import issue

from .app import build
from .outsiders.broker import broker_of
from .outsiders.command_line import add_options, carry_out
from .seats.resealing import reseal

SECONDS_TO_ASK = 60
SECONDS_TO_ANSWER = 5.0


def build_with_broker(settings: Settings, transport: Transport, database: Database) -> Service:
    """The service, with the broker's management as the environment names it."""
    return build(settings, transport, database, broker=broker_of(Environment(os.environ)))


async def _outsider(process: Process, asked: argparse.Namespace) -> None:
    settings = process.settings
    async with (
        operator(process.service, settings) as client,
        at_origin(settings.origin, as_admin(process), seconds=SECONDS_TO_ANSWER) as elsewhere,
    ):
        may_ask = "authorization" in elsewhere.headers
        print(await carry_out(client, asked, elsewhere if may_ask else None))


def as_admin(process: Process) -> dict[str, str]:
    """How the other services are asked: by `CADRE_ACCESS_TOKEN`, else by a token of the local
    issuer; not at all where there is neither."""
    token = process.environment.maybe("CADRE_ACCESS_TOKEN")
    issuer = process.environment.issuer()
    if issuer and not token:
        seconds = SECONDS_TO_ASK
        token = issue(issuer, subject="operator", role="admin", party=None, seconds=seconds)
    return {} if not token else {"Authorization": f"Bearer {token}"}


async def _reseal(process: Process, _asked: argparse.Namespace) -> None:
    print(await reseal(process.service.context, OPERATOR))


OUTSIDER = Command("outsider", "other systems that take part", _outsider, add_options)
RESEAL = Command("reseal", "seal with the present key what a former one sealed", _reseal)


if __name__ == "__main__":
    sys.exit(run("registration", build_with_broker, beside=[OUTSIDER, RESEAL]))
