"""`python -m tests.faults`: harm for minutes, in both modes; the last line is JSON."""

import argparse
import asyncio
import json
import secrets
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.servers.available import Unavailable
from tests.servers.broker import Broker
from tests.servers.rabbitmq import running_rabbitmq
from tests.servers.rabbitmq_node import running_node
from tests.servers.rabbitmq_programs import server_programs

from .campaign import Campaign
from .checker import Account
from .runs import new_folder, run_distributed, run_embedded

MODES = ("embedded", "distributed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 1 when something is there that must not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="of harm in all")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--mode", choices=[*MODES, "both"], default="both")
    asked = parser.parse_args(arguments)
    seed = secrets.randbelow(10**9) if asked.seed is None else asked.seed
    modes = MODES if asked.mode == "both" else (asked.mode,)
    _say(f"seed {seed}, {asked.minutes:g} minutes of harm, {' and '.join(modes)}")
    accounts = {mode: _run(mode, seed, asked.minutes / len(modes)) for mode in modes}
    wrong = {mode: one.wrong for mode, one in accounts.items() if one.wrong}
    if wrong:
        _say(f"WRONG: {wrong}. The same again: python -m tests.faults {_same(asked, seed)}")
    told = {mode: one.told() for mode, one in accounts.items()}
    _say(json.dumps({"seed": seed, "minutes": asked.minutes, **told}))
    return int(bool(wrong))


def _run(mode: str, seed: int, minutes: float) -> Account:
    with ExitStack() as held:
        folder = new_folder(held)
        campaign = Campaign(lambda what: _say(f"{mode:11} {what}"))
        began = time.monotonic()
        try:
            if mode == "embedded":
                account = asyncio.run(run_embedded(campaign, folder, seed, minutes))
            else:
                broker = _broker(held)
                account = asyncio.run(run_distributed(campaign, broker, folder, seed, minutes))
        except Exception as error:
            traceback.print_exc()
            account = Account(broken_off=repr(error))
        if account.wrong:
            campaign.tell(f"what the processes said is kept in {_kept(folder)}")
        campaign.tell(f"done after {time.monotonic() - began:.0f} s: {account.told()}")
        return account


def _kept(folder: Path) -> Path:
    kept = Path(tempfile.mkdtemp(prefix="cadre-soak-"))
    for log in folder.rglob("*.log"):
        shutil.copy(log, kept)
    return kept


def _broker(held: ExitStack) -> Broker:
    """One of our own, which may be stopped."""
    try:
        return held.enter_context(running_node(server_programs()))
    except Unavailable:
        broker = held.enter_context(running_rabbitmq())
        assert isinstance(broker, Broker)
        return broker


def _same(asked: argparse.Namespace, seed: int) -> str:
    return f"--minutes {asked.minutes:g} --seed {seed} --mode {asked.mode}"


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
