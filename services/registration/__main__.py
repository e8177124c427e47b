"""`python -m services.registration`: this service as processes of its own."""

import argparse
import os
import sys

from shared.database import Database
from shared.messaging.transport import Transport
from shared.process.command_line import Command, Process, run
from shared.process.environment import Environment
from shared.process.inside import operator
from shared.service import Service
from shared.settings import Settings

from .app import build
from .outsiders.broker import broker_of
from .outsiders.command_line import add_options, carry_out


def build_with_broker(settings: Settings, transport: Transport, database: Database) -> Service:
    """The service, with the broker's management as the environment names it."""
    return build(settings, transport, database, broker=broker_of(Environment(os.environ)))


async def _outsider(process: Process, asked: argparse.Namespace) -> None:
    async with operator(process.service, process.environment.settings()) as client:
        print(await carry_out(client, asked))


OUTSIDER = Command("outsider", "other systems that take part", _outsider, add_options)


if __name__ == "__main__":
    sys.exit(run("registration", build_with_broker, beside=[OUTSIDER]))
