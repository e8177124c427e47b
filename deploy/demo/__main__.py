"""`python -m deploy.demo`: starts an installation, plays the Amman course, says what happened."""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from .accounts import keep_accounts
from .cast import admitted
from .client import AskingFailed
from .course import Course, read_course
from .mail import Mailbox, NothingArrived
from .places import places
from .play import play
from .records import fetch
from .serving import PROJECT, FolderIsNotOurs, Server, ServerFailed, served
from .stage import NotAsItShouldBe, Stage
from .story import Story, StoryDoesNotSettle
from .summary import NOTE, addresses, by_country, in_numbers
from .telling import Teller, teller_on, write_utf8

FAILURES = (
    AskingFailed,
    FolderIsNotOurs,
    NothingArrived,
    NotAsItShouldBe,
    ServerFailed,
    StoryDoesNotSettle,
    httpx.HTTPError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Play, tell, and keep serving where somebody watches; the exit code."""
    asked = _parser().parse_args(arguments)
    write_utf8()
    signal.signal(signal.SIGTERM, _leave)
    teller, course = teller_on(sys.stdout), read_course()
    try:
        if asked.origin:
            perform(course, teller, asked.origin.rstrip("/"), asked.admin_token)
        else:
            _perform_in_our_own(course, teller, asked)
    except FAILURES as failure:
        print(f"\ndemo: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def perform(course: Course, teller: Teller, origin: str, token: str) -> None:
    """The play in an installation that serves, and its accounts; the last line is JSON."""
    started = time.monotonic()
    cast = admitted(origin, token)
    stage = Stage(course, cast, Story(cast.admin, course.zone), Mailbox(cast.admin), teller)
    play(stage)
    records = fetch(stage)
    account = keep_accounts(records, time.monotonic() - started)
    for line in (
        f"\n{teller.bold('What happened')}",
        *in_numbers(account),
        "",
        *by_country(records, course.countries),
        f"\n{teller.bold('Where to look')}",
        *addresses(places(stage)),
        f"\n{teller.dim(NOTE)}\n",
    ):
        teller.say(line)
    teller.say(json.dumps(account))


def _perform_in_our_own(course: Course, teller: Teller, asked: argparse.Namespace) -> None:
    with served(asked.data.resolve(), asked.port, course.begins) as server:
        teller.say(f"{teller.bold('The Amman course')} · {server.origin}")
        try:
            perform(course, teller, server.origin, server.token("admin"))
        except FAILURES:
            print(f"\nThe server's last lines:\n{server.last_log_lines()}", file=sys.stderr)
            raise
        if asked.keep or sys.stdout.isatty():
            _keep_serving(server)


def _keep_serving(server: Server) -> None:
    try:
        server.wait_until_it_ends()
    except KeyboardInterrupt:
        return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT / ".demo", help="made afresh")
    parser.add_argument("--port", type=int, default=8018, help="this one, or the next free one")
    parser.add_argument("--origin", help="play in this running story installation instead")
    parser.add_argument(
        "--admin-token",
        default=os.environ.get("CADRE_ADMIN_TOKEN", ""),
        help="its admin's token; else CADRE_ADMIN_TOKEN",
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep serving afterwards, also without a terminal"
    )
    return parser


def _leave(_signal: int, _frame: object) -> None:
    """Ends the play as Ctrl-C does: the server is stopped first."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
