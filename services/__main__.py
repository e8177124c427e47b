"""`python -m services`: embedded mode, all four services in one process."""

import argparse
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from shared.logging import configure_logs
from shared.refusals import Refused

COMMANDS: Mapping[str, str] = {
    "serve": "serve an installation",
    "token": "print a bearer token",
    "deadletters": "events set aside",
    "outsider": "other systems that take part",
    "announce": "state facts anew for a consumer that comes later",
    "doctor": "look at an installation, and say what to do",
    "catch-up": "take in what a service restored to an earlier state has missed",
    "reseal": "seal with the present key what a former one sealed",
    "backup": "copy an installation into one file, also while it is served",
    "restore": "make an installation, or one service of it, from such a file",
}
"""What each does; `services.embedded.commands` has a module for each."""
ONLY_OURS = 0o077
"""Files of an installation hold personal data: nobody else on the machine reads them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    asked = _parser().parse_args(arguments)
    configure_logs(level=asked.log_level)
    signal.signal(signal.SIGTERM, _leave)
    os.umask(ONLY_OURS)
    module = asked.command.replace("-", "_")
    command = import_module(f"services.embedded.commands.{module}")
    try:
        told = command.run(f"python -m services {asked.command}", asked.options)
    except Refused as refusal:
        print(f"services: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    if told:
        print(told)
    return 0


def _leave(_signal: int, _frame: object) -> None:
    """The server drains first, and then has the signal take effect."""
    sys.exit(0)


def _parser() -> argparse.ArgumentParser:
    meanings = "; ".join(f"{name}: {meaning}" for name, meaning in COMMANDS.items())
    parser = argparse.ArgumentParser(prog="python -m services", description=__doc__)
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING"])
    parser.add_argument("command", choices=COMMANDS, help=meanings)
    parser.add_argument("options", nargs=argparse.REMAINDER, help="see COMMAND --help")
    return parser


if __name__ == "__main__":
    sys.exit(main())
