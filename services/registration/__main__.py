"""`python -m services.registration`: this service as processes of its own."""

import sys

from shared.process.command_line import run

from .app import build

if __name__ == "__main__":
    sys.exit(run("registration", build))
