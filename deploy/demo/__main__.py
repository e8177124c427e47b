"""`python -m deploy.demo`: starts an installation, plays the Amman course, says what happened."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

from shared.process.environment import Environment, SettingIsWrong
from shared.web.tokens import issue

from .course import read_course
from .failures import PlayFailed
from .performance import perform_elsewhere, perform_in_our_own, recount
from .serving import PROJECT
from .telling import teller_on, write_utf8

SECONDS_OF_A_PLAY = 3600


def main(arguments: Sequence[str] | None = None) -> int:
    """Play, tell, and keep serving where somebody watches; the exit code."""
    asked = _parser().parse_args(arguments)
    write_utf8()
    signal.signal(signal.SIGTERM, _leave)
    environment = Environment(os.environ)
    course, teller = read_course(), teller_on(sys.stdout)
    try:
        if asked.origin or asked.through:
            perform = recount if asked.recount else perform_elsewhere
            origin = (asked.origin or environment.text("CADRE_ORIGIN")).rstrip("/")
            token = asked.admin_token or _own_token(environment)
            perform(course, teller, origin=origin, token=token, through=asked.through)
        else:
            perform_in_our_own(
                course,
                teller,
                folder=asked.data.resolve(),
                port=asked.port,
                is_watched=asked.keep or sys.stdout.isatty(),
            )
    except (PlayFailed, SettingIsWrong, httpx.HTTPError) as failure:
        print(f"\ndemo: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT / ".demo", help="made afresh")
    parser.add_argument("--port", type=int, default=8018, help="this one, or the next free one")
    parser.add_argument(
        "--keep", action="store_true", help="keep serving afterwards, also without a terminal"
    )
    parser.add_argument("--origin", help="play in this running story installation instead")
    parser.add_argument(
        "--through", default="", help="where the origin (else CADRE_ORIGIN) is reached from here"
    )
    parser.add_argument(
        "--admin-token",
        default=os.environ.get("CADRE_ADMIN_TOKEN", ""),
        help="its admin's token, with --origin; else CADRE_ADMIN_TOKEN, or one by CADRE_ISSUER_KEY",
    )
    parser.add_argument(
        "--recount",
        action="store_true",
        help="with --origin: do not play, keep the accounts of an earlier play anew",
    )
    return parser


def _own_token(environment: Environment) -> str:
    """Whoever holds the key of the local issuer may say who is admin; without it nobody is."""
    issuer = environment.issuer()
    if issuer is None:
        return ""
    return issue(issuer, subject="admin", role="admin", party=None, seconds=SECONDS_OF_A_PLAY)


def _leave(_signal: int, _frame: object) -> None:
    """Ends the play as Ctrl-C does: the server is stopped first."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
