"""A whole performance: the play, its accounts, and what is told about them."""

import json
import time
from pathlib import Path

import httpx

from .accounts import keep_accounts
from .cast import admitted
from .client import Caller
from .course import Course
from .failures import PlayFailed
from .mail import Mailbox
from .places import places
from .play import play
from .records import fetch
from .serving import Server, served
from .stage import Stage
from .story import Story
from .summary import NOTE, addresses, by_country, in_numbers
from .telling import Teller


class AccountsDoNotBalance(PlayFailed):
    """Something was lost or doubled on the way."""


def perform_in_our_own(
    course: Course, teller: Teller, *, folder: Path, port: int, is_watched: bool
) -> None:
    """The play in an installation made for it, which goes on serving where somebody watches."""
    started = time.monotonic()
    with served(folder, port, course.begins) as server:
        teller.say(f"{teller.bold('The Amman course of June 2018')} · {server.origin}")
        try:
            stage = _stage(course, teller, server.origin, server.token("admin"))
            play(stage)
            last = "It goes on serving until Ctrl-C." if is_watched else ""
            tell_what_happened(stage, started, last)
        except (PlayFailed, httpx.HTTPError) as failure:
            lines = server.last_log_lines()
            raise PlayFailed(f"{failure}\n\nThe server's last lines:\n{lines}") from failure
        if is_watched:
            _keep_serving(server)


def perform_elsewhere(
    course: Course, teller: Teller, *, origin: str, token: str, through: str = ""
) -> None:
    """The play in a story installation that somebody else serves."""
    started = time.monotonic()
    stage = _stage(course, teller, origin, token, through)
    play(stage)
    tell_what_happened(stage, started)


def recount(course: Course, teller: Teller, *, origin: str, token: str, through: str = "") -> None:
    """The accounts of a play performed earlier, kept anew from the records as they are now."""
    started = time.monotonic()
    stage = _stage(course, teller, origin, token, through)
    reference = course.plan["activity"]["reference"]
    for call in stage.cast.admin.listed("/registration/calls"):
        if call["reference"] == reference:
            stage.call_id, stage.activity_id = call["id"], call["activity_id"]
    if not stage.call_id:
        raise PlayFailed(f"there is no call for {reference} at {origin}")
    tell_what_happened(stage, started)


def tell_what_happened(stage: Stage, started: float, last: str = "") -> None:
    """The summary for people, and on the last line the account for programs.

    Raises `AccountsDoNotBalance` afterwards when something was lost or doubled.
    """
    records, teller = fetch(stage), stage.teller
    account = keep_accounts(records, time.monotonic() - started)
    for line in (
        f"\n{teller.bold('What happened')}",
        *in_numbers(account),
        "",
        *by_country(records, stage.course.countries),
        f"\n{teller.bold('Where to look')}",
        *addresses(places(stage)),
        f"\n{teller.dim(NOTE)}",
        *([f"\n{last}"] if last else []),
        json.dumps(account),
    ):
        teller.say(line)
    if account["lost"] or account["doubled"]:
        raise AccountsDoNotBalance(f"{account['lost']} lost, {account['doubled']} doubled")


def _stage(course: Course, teller: Teller, origin: str, token: str, through: str = "") -> Stage:
    cast = admitted(origin, token, through)
    reader: Caller = cast.admin
    return Stage(course, cast, Story(reader, course.zone), Mailbox(reader), teller)


def _keep_serving(server: Server) -> None:
    try:
        server.wait_until_it_ends()
    except KeyboardInterrupt:
        return
