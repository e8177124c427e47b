"""`python -m deploy.backup`: saves databases, broker and keys of an installation whose services run
apart in one file that only its owner reads, and restores all of it, or one service."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import asyncpg

from shared.backup.sealed import BackupIsDamaged, open_sealed, seal
from shared.messaging.rabbit.management import Administrator, ManagementIsAway, ManagementRefuses
from shared.process.environment import Environment, SettingIsWrong
from shared.refusals import CommandFailed, Refused

from . import broker
from .databases import SERVICES, SomebodyIsConnected, make_room, servers_of
from .programs import ProgramFailed, dump, load

KIND = "apart"
DEFINITIONS = "definitions.json"
SECONDS_TO_ARCHIVE = 120.0
SECONDS_OF_STATISTICS = 6.0
"""So old the broker's figures may be."""


class KeysAreThere(CommandFailed):
    """Keys are never written over."""


FAILURES = (
    Refused,
    SettingIsWrong,
    ProgramFailed,
    SomebodyIsConnected,
    ManagementIsAway,
    ManagementRefuses,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
)


def main(arguments: Sequence[str] | None = None, values: Mapping[str, str] = os.environ) -> int:
    """Save or restore; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        environment = Environment(values)
        print(_save(asked, environment) if asked.action == "save" else _restore(asked, environment))
    except FAILURES as failure:
        print(f"deploy.backup: {failure}", file=sys.stderr)
        return 1
    return 0


def _save(asked: argparse.Namespace, environment: Environment) -> str:
    servers, (administrator, vhost) = servers_of(environment), _broker_of(environment)
    with tempfile.TemporaryDirectory(prefix=f".{asked.to.name}-", dir=asked.to.parent) as gathered:
        folder = Path(gathered)
        definitions = json.dumps(broker.take(administrator, vhost), indent=1)
        (folder / DEFINITIONS).write_text(definitions)
        if asked.keys:
            shutil.copytree(asked.keys, folder / "keys")
        waiting = 0
        for service in SERVICES:
            if service == "reporting":
                waiting = _wait_until_all_is_archived(administrator, vhost)
            dump(asked.programs, servers.database_of(service), folder / f"{service}.dump")
        about = {"vhost": vhost, "services": list(SERVICES), "not_archived": waiting}
        manifest = seal(folder, asked.to, kind=KIND, about=about)
    late = f"; {waiting} messages were not archived yet: save again soon" if waiting else ""
    return f"{asked.to}: {len(manifest.parts)} files, as of {manifest.made_at}{late}"


def _restore(asked: argparse.Namespace, environment: Environment) -> str:
    servers, (administrator, _) = servers_of(environment), _broker_of(environment)
    services = [asked.only] if asked.only else list(SERVICES)
    if asked.keys and asked.keys.exists() and any(asked.keys.iterdir()):
        raise KeysAreThere(f"{asked.keys} holds something already: name a new folder for the keys")
    with tempfile.TemporaryDirectory(prefix="restoring-") as opened:
        folder = Path(opened) / "made"
        manifest = open_sealed(asked.sealed, folder)
        if manifest.kind != KIND:
            raise BackupIsDamaged(f"it is {manifest.kind}: see `python -m services restore`")
        kept = make_room(servers, services)
        for service in services:
            load(asked.programs, servers.database_of(service), folder / f"{service}.dump")
        if not asked.only:
            broker.make_again(administrator, json.loads((folder / DEFINITIONS).read_text()))
        if asked.keys and (folder / "keys").exists():
            shutil.copytree(folder / "keys", asked.keys, dirs_exist_ok=True)
    lines = [f"{', '.join(services)}: as of {manifest.made_at}"]
    lines += [f"what was there before is kept as database {name}" for name in kept.values()]
    return "\n".join([*lines, "next: the steps under Back-up and restore in deploy/README.md"])


def _wait_until_all_is_archived(administrator: Administrator, vhost: str) -> int:
    """How many messages reporting has still to archive, when it was waited for long enough."""
    time.sleep(SECONDS_OF_STATISTICS)
    give_up_at = time.monotonic() + SECONDS_TO_ARCHIVE
    while (waiting := broker.waiting_for(administrator, vhost, "reporting")) > 0:
        if time.monotonic() > give_up_at:
            break
        time.sleep(1)
    return waiting


def _broker_of(environment: Environment) -> tuple[Administrator, str]:
    administrator = Administrator(
        environment.text("CADRE_BROKER_MANAGEMENT_URL"),
        environment.text("CADRE_BROKER_MANAGEMENT_USER"),
        environment.secret("CADRE_BROKER_MANAGEMENT_PASSWORD"),
        environment.broker_authority,
    )
    return administrator, environment.text("CADRE_BROKER_VHOST")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.backup",
        description="Settings are those of deploy.databases and deploy.broker.",
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--programs", type=Path, help="the folder of pg_dump and pg_restore")
    common.add_argument(
        "--keys",
        type=Path,
        help="the folder of the files that hold keys; a new or empty one to restore them to",
    )
    actions = parser.add_subparsers(dest="action", required=True)
    save = actions.add_parser("save", parents=[common], help="also while everything runs")
    save.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new file")
    restore = actions.add_parser("restore", parents=[common], help="while its services are stopped")
    restore.add_argument("--from", type=Path, required=True, metavar="FILE", dest="sealed")
    restore.add_argument("--only", choices=SERVICES, help="one service's database, nothing else")
    return parser


if __name__ == "__main__":
    sys.exit(main())
