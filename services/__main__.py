"""`python -m services`: embedded mode, all four services in one process."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from services.embedded.installation import Installation, make_installation, open_installation
from services.embedded.operating import (
    CommandFailed,
    decide_dead_letter,
    list_dead_letters,
    operator,
    show_dead_letter,
)
from services.embedded.serving import serve
from shared.logging import configure_logs
from shared.refusals import Refused
from shared.web.tokens import ROLES, issue, subject_of

SECONDS_OF_A_TOKEN = 12 * 3600
ONLY_OURS = 0o077
"""Files of an installation hold personal data: nobody else on the machine reads them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    asked = _parser().parse_args(arguments)
    configure_logs(level=asked.log_level)
    signal.signal(signal.SIGTERM, _leave)
    os.umask(ONLY_OURS)
    try:
        match asked.command:
            case "serve":
                installation = make_installation(asked.data, asked.story)
                serve(installation, host=asked.host, port=asked.port, origin=asked.origin)
            case "token":
                installation = make_installation(asked.data, None)
                print(_token(installation, asked.role, asked.party, asked.subject))
            case "deadletters":
                asyncio.run(_dead_letters(open_installation(asked.data), asked))
    except (Refused, CommandFailed) as refusal:
        print(f"services: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _leave(_signal: int, _frame: object) -> None:
    """The server drains first, and then has the signal take effect."""
    sys.exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services", description=__doc__)
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING"])
    commands = parser.add_subparsers(dest="command", required=True)

    serving = commands.add_parser("serve", help="serve an installation")
    serving.add_argument("--data", type=Path, required=True, help="its folder")
    serving.add_argument("--port", type=int, required=True)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--origin", help="the public address, when it is another")
    serving.add_argument(
        "--story", type=_instant, help="make it with a story's clock that starts at this time"
    )

    token = commands.add_parser("token", help="print a bearer token")
    token.add_argument("--data", type=Path, required=True)
    token.add_argument("--role", choices=ROLES, required=True)
    token.add_argument("--party")
    token.add_argument("--subject")

    letters = commands.add_parser("deadletters", help="events set aside")
    letters.add_argument("--data", type=Path, required=True)
    letters.add_argument("action", choices=["list", "show", "replay", "discard"])
    letters.add_argument("id", nargs="?")
    return parser


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _token(installation: Installation, role: str, party: str | None, subject: str | None) -> str:
    return issue(
        installation.issuer(),
        subject=subject_of(role, party, subject),
        role=role,  # type: ignore[arg-type]
        party=party,
        seconds=SECONDS_OF_A_TOKEN,
    )


async def _dead_letters(installation: Installation, asked: argparse.Namespace) -> None:
    if asked.action != "list" and not asked.id:
        raise CommandFailed(f"deadletters {asked.action} needs the id that `list` shows")
    async with operator(installation) as client:
        match asked.action:
            case "list":
                for letter in await list_dead_letters(client):
                    columns = ("id", "service", "state", "type", "reason", "attempt", "error")
                    print("  ".join(str(letter[column]) for column in columns))
            case "show":
                print(await show_dead_letter(client, asked.id))
            case decision:
                service = await decide_dead_letter(client, asked.id, decision)
                print(f"{decision}: {asked.id} in {service}")


if __name__ == "__main__":
    sys.exit(main())
