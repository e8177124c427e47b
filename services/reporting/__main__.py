"""`python -m services.reporting`: this service as processes of its own."""

import sys

from shared.process.command_line import run

from .app import build

if __name__ == "__main__":
    sys.exit(run("reporting", build))
