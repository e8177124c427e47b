"""`python -m services.notifications`: this service as processes of its own."""

import os
import sys

from shared.database import Database
from shared.messaging.transport import Transport
from shared.process.command_line import run
from shared.process.environment import Environment
from shared.service import Service
from shared.settings import Settings

from .app import build
from .mailbox.serving import MAILBOX
from .providers import providers_of


def build_with_providers(settings: Settings, transport: Transport, database: Database) -> Service:
    """The service, with the mail server and SMS gateway that the environment names."""
    return build(settings, transport, database, deliver=providers_of(Environment(os.environ)))


if __name__ == "__main__":
    sys.exit(run("notifications", build_with_providers, beside=[MAILBOX]))
