"""`python -m services.registration`: this service as processes of its own."""

import os
import sys

from shared.database import Database
from shared.messaging.transport import Transport
from shared.process.command_line import run
from shared.process.environment import Environment
from shared.service import Service
from shared.settings import Settings

from .app import build
from .outsiders.broker import broker_of


def build_with_broker(settings: Settings, transport: Transport, database: Database) -> Service:
    """The service, with the broker's management as the environment names it."""
    return build(settings, transport, database, broker=broker_of(Environment(os.environ)))


if __name__ == "__main__":
    sys.exit(run("registration", build_with_broker))
